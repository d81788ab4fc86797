"""The charts are drawn, from this server's own scripts, with the archive's own numbers."""

from __future__ import annotations

from typing import Any

import pytest
from browser.arriving import arriving

pytestmark = pytest.mark.slow

CHARTS = ("months", "topics", "offices", "changes", "health")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_chart_has_marks_of_some_size(look: Any, width: int, dark: bool) -> None:  # noqa: FBT001 # parametrised
    page = look("/-/dashboards/archive", width=width, dark=dark)
    for chart in CHARTS:
        marks = page.locator(f"#chart-{chart} svg .role-mark path")
        marks.first.wait_for()
        boxes = [mark.bounding_box() for mark in marks.all()]
        assert any(box and box["width"] > 3 and box["height"] > 3 for box in boxes), chart


def test_the_bars_are_the_archives_numbers(look: Any, served: Any, ask: Any) -> None:
    page = look("/-/dashboards/archive")
    page.locator("#chart-health svg .role-mark path").first.wait_for()
    runs = ask(served.folder, "select count(*) from runs")[0][0]
    assert page.locator("#chart-health svg .role-mark path").count() == runs
    labels = " ".join(page.locator("#chart-health svg .role-mark path").evaluate_all(
        "marks => marks.map(mark => mark.getAttribute('aria-label'))"
    ))  # fmt: skip
    assert "healthy" in labels


def test_a_chart_has_a_page_of_its_own(look: Any) -> None:
    page = look("/-/dashboards/archive?area=Wessex")
    page.get_by_role("link", name="Topics over time", exact=True).click()
    page.wait_for_url("**/topics?area=Wessex")
    page.locator("#chart-one svg .role-mark path").first.wait_for()


def test_a_filter_draws_less(look: Any) -> None:
    page = look("/-/dashboards/archive")
    marks = "#chart-months svg .role-mark path"
    page.locator(marks).first.wait_for()
    everything = page.locator(marks).count()
    page.get_by_label("Area", exact=True).select_option("Wessex")
    page.get_by_role("button", name="Draw").click()
    page.wait_for_url("**area=Wessex**")
    page.locator(marks).first.wait_for()
    assert 0 < page.locator(marks).count() < everything


def test_the_figures_behind_a_chart_are_a_click_away(look: Any) -> None:
    page = look("/-/dashboards/archive?area=Wessex")
    with arriving(page):
        page.get_by_role("link", name="The figures of Stories by month and area").click()
    areas = page.locator("td.col-area").all_inner_texts()
    assert areas
    assert "Wessex" in areas
