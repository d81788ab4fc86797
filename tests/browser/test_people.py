"""People without an office get no page, no facet, no link, and their rows are denied."""

from __future__ import annotations

import json
from typing import Any

import pytest
from browser.arriving import arriving

pytestmark = pytest.mark.slow

PRIVATE = "select id, name from speakers where article_id is not null and kind = 'person' order by id"


@pytest.fixture
def private(served: Any, ask: Any) -> list[tuple[int, str]]:
    found = ask(served.folder, PRIVATE)
    assert len(found) > 3
    return list(found)


def test_they_have_no_speaker_page(served: Any, private: Any) -> None:
    assert {served.get(f"/speakers/{number}").status for number, _ in private} == {404}


@pytest.mark.parametrize("tail", ["", ".json", ".json?_shape=array", "?_extras=foreign_key_tables", ".jsono"])
def test_their_rows_are_denied(served: Any, private: Any, tail: str) -> None:
    number, name = private[0]
    answer = served.get(f"/cps/speakers/{number}{tail}")
    assert answer.status == 403
    assert name not in answer.text


@pytest.mark.parametrize("spelling", ["0{}", "~3{}", "%3{}", "{}/", "+{}", "{}.0", "{},"])
def test_no_spelling_of_the_address_gets_round(served: Any, private: Any, spelling: str) -> None:
    for number, name in private[:10]:
        answer = served.get("/cps/speakers/" + spelling.format(number))
        assert answer.status in {403, 404}, spelling
        assert name not in answer.text
        assert name not in served.get(f"/cps/~73peakers/{number}").text


def test_rows_of_what_they_said_are_denied_too(served: Any, ask: Any) -> None:
    rows = ask(
        served.folder,
        "select qs.quote_id, qs.position, s.article_id from quote_speakers qs join speakers s on s.id = qs.speaker_id",
    )
    for office in (True, False):
        quote, position, _ = next(row for row in rows if (row[2] is None) is office)
        assert served.get(f"/cps/quote_speakers/{quote},{position}").status == (200 if office else 403)


def test_people_of_an_office_keep_their_rows(served: Any, ask: Any) -> None:
    number, name = ask(served.folder, "select id, name from speakers where article_id is null limit 1")[0]
    answer = served.get(f"/cps/speakers/{number}.json?_shape=objects")
    assert answer.status == 200
    assert json.loads(answer.text)["rows"][0]["name"] == name


@pytest.mark.parametrize(
    "path", ["/cps/speakers", "/cps/speakers.json?_size=1000", "/cps/speakers.csv?_size=max", "/cps/quote_speakers"]
)
def test_no_table_lists_them(served: Any, ask: Any, private: Any, path: str) -> None:
    answer = served.get(path + ("" if "?" in path else "?_size=1000"))
    assert answer.status == 200
    # Somebody may speak for an office in one story and be a bare name in another.
    offices = {name for (name,) in ask(served.folder, "select name from speakers where article_id is null")}
    names = {name for _, name in private} - offices
    assert [name for name in names if f">{name}<" in answer.text or f'"{name}"' in answer.text] == []


def test_no_facet_makes_an_index_of_people(served: Any) -> None:
    for facet in ("_facet=speaker", "_facet_array=speaker", "_facet_size=max&_facet=speaker"):
        answer = served.get(f"/cps/quote_list.json?{facet}&_size=1")
        assert answer.status == 400 or not json.loads(answer.text).get("facet_results", {}).get("results")
    assert "_facet" not in served.get("/cps/quote_list").text


def test_no_designed_page_links_to_them(look: Any, served: Any, ask: Any, private: Any) -> None:
    pages = ask(
        served.folder,
        "select distinct q.article_id from quote_speakers qs join quotes q on q.id = qs.quote_id "
        f"where qs.speaker_id in (select id from ({PRIVATE})) limit 4",
    )
    denied = {f"/speakers/{number}" for number, _ in private} | {f"/cps/speakers/{number}" for number, _ in private}
    paths = ["/", "/speakers", "/quotes", "/quotes?page=2", *(f"/articles/{number}" for (number,) in pages)]
    paths += [f"/cps/articles/{pages[0][0]}"]
    for path in paths:
        page = look(path)
        links = {link.get_attribute("href") for link in page.get_by_role("link").all()}
        assert links & denied == set(), path
        assert not any("speakers?" in (link or "") for link in links)


def test_the_speaker_filter_does_not_find_them(look: Any, private: Any, served: Any, ask: Any) -> None:
    offices = {name for (name,) in ask(served.folder, "select name from speakers where article_id is null")}
    name = next(name for _, name in private if not any(name.lower() in office.lower() for office in offices))
    page = look("/quotes")
    assert name not in page.locator("datalist option").evaluate_all("options => options.map(o => o.value)")
    page.get_by_label("Speaker with an office").fill(name)
    with arriving(page):
        page.get_by_role("button", name="Filter").click()
    assert page.locator("#found").inner_text() == "0 quotes"


def test_every_answer_asks_not_to_be_indexed(served: Any) -> None:
    for path in ("/", "/search?q=fraud", "/articles/1", "/cps/articles.csv", "/cps/articles.json", "/nowhere"):
        assert "noindex" in served.get(path).headers["x-robots-tag"], path
    assert 'name="robots" content="noindex' in served.get("/").text
    assert served.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
