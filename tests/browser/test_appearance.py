"""Every page on a phone and on a desk, on light and dark paper, by keyboard and for a screen reader."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.slow

PAGES = {
    "home": "/",
    "search": "/search?q=money",
    "facet": "/search?area=Wessex&year=2026",
    "article": "/articles/node/26011",
    "cases": "/articles/node/22011",
    "changes": "/articles/node/26011/changes",
    "speakers": "/speakers",
    "speaker": "/speakers/{speaker}",
    "quotes": "/quotes",
    "charts": "/-/dashboards/archive",
    "data": "/cps",
    "table": "/cps/quote_list",
    "row": "/cps/articles/1",
    "saved query": "/cps/attribution_quality",
}


@pytest.fixture
def path(request: pytest.FixtureRequest, served: Any, ask: Any) -> str:
    speaker = ask(served.folder, "select id from speakers where article_id is null order by id limit 1")[0][0]
    return PAGES[request.param].format(speaker=speaker)


every_page = pytest.mark.parametrize("path", PAGES, indirect=True)


@every_page
def test_a_phone_never_scrolls_sideways(look: Any, path: str) -> None:
    page = look(path, width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@every_page
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_serious_stands_in_anybodys_way(look: Any, path: str, dark: bool) -> None:  # noqa: FBT001 # parametrised
    page = look(path, dark=dark)
    if "dashboards" in path:
        page.locator(".drawing svg").nth(4).wait_for()
    found = Axe().run(page).response["violations"]
    serious = [
        f"{rule['id']}: {node['html'][:200]} {node['any'][0]['message'] if node['any'] else ''}"
        for rule in found
        if rule["impact"] in {"serious", "critical"}
        for node in rule["nodes"]
    ]
    assert serious == []


@pytest.mark.parametrize("path", ["home", "article", "quotes", "table"], indirect=True)
def test_dark_paper_is_dark_and_its_ink_light(look: Any, path: str) -> None:
    def brightness(page: Any, what: str, element: str) -> float:
        script = f"getComputedStyle(document.querySelector('{element}')).{what}.match(/\\d+/g).slice(0, 3).map(Number)"
        return sum(page.evaluate(script)) / 3

    light, dark = look(path), look(path, dark=True)
    assert brightness(light, "backgroundColor", "body") > 200
    assert brightness(dark, "backgroundColor", "body") < 90
    assert brightness(light, "color", "h1") < 90
    assert brightness(dark, "color", "h1") > 200


def test_the_keyboard_reaches_the_content_first_and_everything_shows_its_focus(look: Any) -> None:
    page = look("/search?q=money")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    names = []
    for _ in range(6):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", names[-1]
    assert names[0] == "q"
    assert "Search" in names


@every_page
def test_a_screen_reader_finds_landmarks_and_one_main_heading(look: Any, path: str) -> None:
    page = look(path)
    assert page.get_by_role("banner").count() == 1
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("contentinfo").count() == 1
    assert page.get_by_role("navigation", name="Site").count() == 1
    assert page.get_by_role("heading", level=1).count() == 1


def test_on_a_phone_the_speaker_stands_below_what_was_said(look: Any) -> None:
    page = look("/articles/node/26011", width=360)
    marked = page.locator("mark.said-direct", has_text="nothing foolish")
    said, note = marked.bounding_box(), page.locator(".line", has=marked).locator(".note").bounding_box()
    assert note["y"] >= said["y"] + said["height"] - 8
    assert note["x"] + note["width"] <= 360


def test_a_line_of_an_article_is_about_65_characters_long(look: Any) -> None:
    page = look("/articles/node/26011")
    characters = page.evaluate(
        """() => {
          const box = document.createElement("span");
          box.textContent = "the quick brown fox jumps over the lazy dog and then some more ";
          box.style.whiteSpace = "pre";
          document.querySelector(".body .text p").append(box);
          const width = box.getBoundingClientRect().width / box.textContent.length;
          box.remove();
          return document.querySelector(".body .text p").getBoundingClientRect().width / width;
        }"""
    )
    assert 52 <= characters <= 78
