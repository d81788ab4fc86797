"""What a visitor does: look at the state, search, narrow down, read, compare, ask who spoke."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from browser.arriving import arriving

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow


def article(ask: Callable[..., Any], served: Any, condition: str) -> int:
    """The id of an article of the archive that is like that."""
    return int(ask(served.folder, f"select a.id from articles a where {condition} order by a.id limit 1")[0][0])


def test_home_tells_the_state_of_the_archive(look: Any, served: Any, ask: Any) -> None:
    page = look("/")
    (articles, quotes), (gone,) = (
        ask(served.folder, "select (select count(*) from articles), (select count(*) from quotes)")[0],
        ask(served.folder, "select count(*) from articles where gone_at is not null")[0],
    )
    state = page.get_by_role("region", name="State of the archive").inner_text()
    assert "Healthy" in state
    assert f"{articles}\n" in state
    assert f"{quotes}\n" in state
    assert f"{gone} gone from the site" in state
    newest = ask(served.folder, "select headline from articles order by published_on desc, id desc limit 1")[0][0]
    assert newest in page.get_by_role("region", name="Latest stories").locator("article").first.inner_text()
    coverage = page.get_by_role("region", name="Coverage of the last run").first.inner_text()
    assert "CPS" in coverage
    assert " of " in coverage


def test_search_finds_articles_and_quotes_on_one_page(look: Any) -> None:
    page = look("/")
    page.get_by_label("Search articles and quotes").fill("money")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=money")
    assert page.locator("#articles").inner_text().endswith("articles")
    hits = page.locator(".story mark.hit").all_inner_texts()
    assert {hit.lower() for hit in hits} == {"money"}
    quotes = page.get_by_role("region", name="quotes")
    assert "money" in quotes.locator("mark.hit").first.inner_text().lower()


@pytest.mark.parametrize("typed", ['"hate crime', "fraud AND", "-", "*", "NEAR(", "a:b", "O'Brien;", "\U0001f600"])
def test_search_answers_whatever_is_typed(look: Any, typed: str) -> None:
    page = look("/")
    page.get_by_label("Search articles and quotes").fill(typed)
    with arriving(page):
        page.keyboard.press("Enter")
    assert page.locator("#articles").count() == 1
    assert page.locator("#q").input_value() == typed


def test_a_facet_narrows_to_what_it_counts_and_is_taken_away_again(look: Any) -> None:
    page = look("/search")
    everything = page.locator("#articles").inner_text()
    wessex = page.locator(".facets a", has_text="Wessex")
    count = wessex.locator(".count").inner_text()
    with arriving(page):
        wessex.click()
    assert page.locator("#articles").inner_text() == f"{count} articles"
    assert all("Wessex" in line for line in page.locator(".story .dateline").all_inner_texts())
    with arriving(page):
        page.locator(".facets a.chosen").click()
    assert page.locator("#articles").inner_text() == everything


@pytest.mark.parametrize(
    ("facet", "column"), [("Topic", "topics"), ("Type", "content_type"), ("Year", "published_on"), ("Language", "")]
)
def test_every_facet_agrees_with_the_archive(look: Any, served: Any, ask: Any, facet: str, column: str) -> None:
    page = look("/search")
    box = page.locator("details.facet", has=page.get_by_role("heading", name=facet, exact=True))
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    value, count = box.locator("a").first.inner_text().split("\n")
    condition = f"{column} like '%{value}%'" if column else f"language = '{'en' if value == 'English' else 'cy'}'"
    assert int(count) == ask(served.folder, f"select count(*) from article_list where {condition}")[0][0]


def test_an_article_marks_each_quote_with_its_speaker_beside_it(look: Any, served: Any, ask: Any) -> None:
    number = article(ask, served, "a.headline = 'Romance fraudster who wrote the same letter to nine women jailed'")
    page = look(f"/articles/{number}")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Romance fraudster")
    marked = page.locator("mark.said-direct", has_text="nothing foolish about hoping")
    note = page.locator(".line", has=marked).locator(".note")
    assert "Auberon Tilney, Chief Crown Prosecutor" in note.inner_text()
    assert marked.bounding_box()["x"] < note.bounding_box()["x"]
    body = ask(served.folder, "select body from articles where id = ?", number)[0][0]
    shown = "".join(page.locator(".body .text").all_text_contents())
    assert "".join(shown.split()) == "".join(body.split())


def test_an_article_sets_its_case_studies_off(look: Any, served: Any, ask: Any) -> None:
    number = article(ask, served, "(select count(*) from case_studies c where c.article_id = a.id) > 2")
    cases = ask(served.folder, "select body from case_studies where article_id = ? order by position", number)
    page = look(f"/articles/{number}")
    assert page.locator("section.case").count() == len(cases)
    for shown, (body,) in zip(page.locator("section.case").all(), cases, strict=True):
        text = "".join(shown.locator(".text").all_text_contents())
        assert "".join(body.split()) in "".join(text.split())


def test_an_article_carries_its_date_source_evidence_and_citation(
    look: Any, served: Any, ask: Any, commands: Any
) -> None:
    number = article(ask, served, "a.published_on_source = 'teaser' and a.version = 2")
    url, file, offset, digest = ask(
        served.folder,
        "select a.url, c.warc_file, c.warc_offset, c.payload_digest from articles a "
        "join captures c on c.id = a.capture_id where a.id = ?",
        number,
    )[0]
    page = look(f"/articles/{number}")
    assert "from the listing" in page.locator(".published").inner_text()
    evidence = page.get_by_role("region", name="Evidence").inner_text()
    assert file in evidence
    assert f"{offset:,}" in evidence
    assert digest in evidence
    assert page.get_by_role("link", name=url).get_attribute("href") == url
    cited = page.locator("#citation").inner_text()
    assert cited == commands.verb(served.folder, "cite", str(number)).out.strip()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#citation").inner_text()


def test_versions_are_compared_word_by_word(look: Any, served: Any, ask: Any) -> None:
    number = article(ask, served, "a.headline = 'Thieves who stripped lead from forty churches jailed'")
    page = look(f"/articles/{number}")
    with arriving(page):
        page.get_by_role("link", name="what changed").click()
    change = page.locator(".changed-text")
    assert change.locator("del").all_inner_texts() == ["visitors"]
    assert change.locator("ins").all_inner_texts() == ["walkers"]
    assert "posed as" in change.inner_text()


def test_a_story_that_left_the_site_says_so(look: Any, served: Any, ask: Any) -> None:
    number = article(ask, served, "a.gone_at is not null")
    assert "took this story off its site" in look(f"/articles/{number}").locator(".banner").inner_text()


def test_a_node_address_outlives_a_rebuild(look: Any, served: Any, ask: Any) -> None:
    node, headline = ask(served.folder, "select node_id, headline from articles where node_id is not null limit 1")[0]
    assert look(f"/articles/node/{node}").get_by_role("heading", level=1).inner_text().endswith(headline)


def test_quotes_are_filtered_by_role_kind_and_area(look: Any, served: Any, ask: Any) -> None:
    page = look("/quotes")
    page.get_by_label("Role contains").fill("Crown Prosecutor")
    page.get_by_label("Kind").select_option("direct")
    page.get_by_label("Area").select_option("Wessex")
    with arriving(page):
        page.get_by_role("button", name="Filter").click()
    (expected,) = ask(
        served.folder,
        "select count(distinct key) from quote_list where role like '%crown prosecutor%' and kind = 'direct' "
        "and areas like '%Wessex%'",
    )[0]
    assert expected > 1
    assert page.locator("#found").inner_text() == f"{expected} quotes"
    assert all("Crown Prosecutor" in said for said in page.locator(".card figcaption").all_inner_texts())


def test_a_speaker_page_gathers_what_somebody_said_for_an_office(look: Any, served: Any, ask: Any) -> None:
    name, quotes = ask(
        served.folder,
        "select s.name, count(*) from speakers s join quote_speakers qs on qs.speaker_id = s.id "
        "where s.article_id is null group by s.id order by 2 desc limit 1",
    )[0]
    page = look("/speakers")
    with arriving(page):
        page.get_by_role("link", name=name, exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == name
    assert page.locator(".card").count() == quotes
    with arriving(page):
        page.locator(".card .where a").first.click()
    assert name in page.locator(".note", has_text=name).first.inner_text()


def test_every_saved_query_has_an_answer(look: Any, served: Any) -> None:
    page = look("/cps")
    queries = page.get_by_role("region", name="Worked queries").get_by_role("link").all()
    paths = [query.get_attribute("href") for query in queries]
    assert len(paths) >= 15
    for path in paths:
        answer = served.get(path)
        assert answer.status == 200
        assert "0 results" not in answer.text, path
