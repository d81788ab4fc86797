from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpsscrape.exceptions import CpsScrapeError, NotTextError, TooLargeError
from cpsscrape.items import Article, Teaser
from cpsscrape.pages.encoding import MAX_BYTES
from cpsscrape.reader import add_case_studies, read_article, read_page

URL = "https://www.cps.gov.uk/wessex/news/bells"
STORY = "A man who stole a bell from a church in Ferrowby has been jailed for six weeks."
TWIN = Path(__file__).parents[1] / "fixtures" / "pages" / "text-innovation-report" / "page.txt"


def page(body: str, *, head: str = "") -> bytes:
    markup = f"<html><head><title>The bells of Ferrowby</title>{head}</head><body><main><h1>The bells of Ferrowby</h1>"
    return f"{markup}{body}</main></body></html>".encode()


def texts(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in article.blocks]


def test_line_breaks_end_paragraphs_and_bold_lines_are_headings() -> None:
    article = read_page(page(f"<p><strong>The theft</strong><br>{STORY}<br/><br/>He had hidden it in a pram.</p>"), URL)
    expected = [("heading", "The theft"), ("paragraph", STORY), ("paragraph", "He had hidden it in a pram.")]
    assert texts(article) == expected


def test_text_directly_in_boxes_between_blocks_is_kept() -> None:
    article = read_page(page(f"<div>{STORY}<p>He is 40.</p>The bell is back. <em>It</em> rings.</div>"), URL)
    assert [text for _, text in texts(article)] == [STORY, "He is 40.", "The bell is back. It rings."]


def test_nested_lists_tables_and_quotations() -> None:
    body = (
        f"<p>{STORY}</p><ul><li>One bell<ul><li>of bronze</li></ul></li><li><p>Two</p><p>Three</p></li></ul>"
        "<table><tr><th>Year</th><th>Bells</th></tr><tr><td>2020</td><td>1<br>2</td></tr></table>"
        "<blockquote><p>It was mine.</p></blockquote>"
    )
    article = read_page(page(body), URL)
    assert texts(article)[1:] == [
        ("list_item", "One bell"),
        ("list_item", "of bronze"),
        ("list_item", "Two"),
        ("list_item", "Three"),
        ("table", "Year\tBells\n2020\t1 2"),
        ("block_quote", "It was mine."),
    ]
    assert [block.level for block in article.blocks][1:4] == [1, 2, 1]


def test_links_are_absolute_and_know_their_section() -> None:
    reading = "<h2>Further reading</h2><ul><li><a href='b'>B</a></li></ul>"
    body = f"<p>{STORY} <a href='/crime-info/theft'>Theft</a></p>{reading}"
    links = read_page(page(body), URL).links
    assert [(link.position, link.url, link.section) for link in links] == [
        (1, "https://www.cps.gov.uk/crime-info/theft", "body"),
        (2, "https://www.cps.gov.uk/wessex/news/b", "further_reading"),
    ]


def test_the_teaser_comes_before_the_page_and_both_dates_are_kept() -> None:
    teaser = Teaser(
        date="09 August 2024", content_type="Press Release", topics=("Theft",), areas=("Wessex",), text="A bell."
    )
    body = f"<div>|News, Fraud and economic crime</div><p>10 August 2024</p><p>{STORY}</p>"
    article = read_page(page(body), URL, teaser=teaser)
    assert (article.published_on, article.published_on_source) == ("2024-08-09", "teaser")
    assert article.dates == (("teaser", "2024-08-09"), ("page", "2024-08-10"))
    assert (article.content_type, article.topics, article.areas) == ("Press Release", ("Theft",), ("Wessex",))
    assert article.teaser == "A bell."


def test_every_address_is_kept_and_the_site_is_that_of_the_page() -> None:
    head = (
        '<link rel="canonical" href="https://www.cps.gov.uk/wessex/news/bells"><link rel="shortlink" href="/node/77">'
    )
    article = read_page(page(f"<p>{STORY}</p>", head=head), "http://127.0.0.1:8000/cy/node/77?utm_source=x")
    assert article.url == "http://127.0.0.1:8000/wessex/news/bells"
    assert article.node_id == 77
    assert {"http://127.0.0.1:8000/node/77", "http://127.0.0.1:8000/cy/node/77?utm_source=x"} <= set(article.aliases)


def test_birth_dates_go_unless_asked_for() -> None:
    body = page(f"<p>{STORY}</p><h2>Notes to editors</h2><p>Abel Tuck [06/11/1991] of Ferrowby</p>")
    assert read_page(body, URL).notes_to_editors == "Abel Tuck [date of birth removed] of Ferrowby"
    assert read_page(body, URL, redact_birth_dates=False).notes_to_editors == "Abel Tuck [06/11/1991] of Ferrowby"


def test_every_field_says_where_it_was_read() -> None:
    rules = {source.field: source.rule for source in read_page(page(f"<p>{STORY}</p>"), URL).sources}
    assert rules["headline"] == "h1 that the title repeats"
    assert rules["areas"] == "prefix of the address"
    assert "utf-8" in rules["body"]


def test_a_fingerprint_names_the_template_and_not_the_story() -> None:
    box = '<div class="story node-{}"><div class="text"><p>{}</p></div></div>'
    one = read_page(page(box.format(1, STORY)), URL).fingerprint
    two = read_page(page(box.format(2, STORY + " He had help.") + "<p>More.</p>"), URL).fingerprint
    other = read_page(page(f'<section class="prose"><p>{STORY}</p></section>'), URL).fingerprint
    assert one == two != other


def test_the_twin_of_the_real_capture() -> None:
    article = read_article(TWIN.read_bytes(), "https://www.cps.gov.uk/node/14102", "text/plain")
    before = [block for block in article.blocks if block.section == "body" and block.kind == "paragraph"]
    assert len(before) == 8
    assert [case.title for case in article.case_studies] == [
        "A remand court in a village hall",
        "Keeping a family close",
    ]
    statement = next(quote for quote in article.quotes if len(quote.pieces) == 2)
    assert [speaker.name for speaker in statement.speakers] == ["Miriam Oakes"]
    assert [quote.case_study for quote in article.quotes if quote.case_study] == [1]
    assert article.notes_to_editors is None


def test_markup_declared_as_text_is_read_as_markup_and_the_other_way_round() -> None:
    assert read_page(page(f"<p>{STORY}</p>"), URL, "text/plain").layout == "generic"
    assert read_page(f"The bells\n\n{STORY}\n".encode(), URL, "text/html").layout == "text"


MARKUP = st.lists(
    st.one_of(
        st.sampled_from(
            ["<p>", "</p>", "<div>", "</div>", "<ul><li>", "<h1>", "<h2>Case studies</h2>", "<b>",
             "<a href='/x/news/y'>", "<table><tr><td>", "</table>", "<br>", "<script>", "<blockquote>", "<!--", "-->",
             "&#8220;", "&", "<",
             "<h3>Notes to editors</h3>", "Case study 1: ", "|News, ", "born 6 November 1991 ", "today (1 May 2020) "]
        ),
        st.text(max_size=40),
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.binary(max_size=400), MARKUP.map(lambda parts: "".join(parts).encode("utf-8", "replace"))))
def test_any_bytes_give_an_article_or_a_named_error(body: bytes) -> None:
    for wrapped in (body, page("").replace(b"</main>", body + b"</main>")):
        try:
            article = read_article(wrapped, URL)
        except CpsScrapeError:
            continue
        assert article == read_article(wrapped, URL)
        for block in article.blocks:
            assert block.start is None or article.body[block.start : block.end] == block.text
        article.body.encode()
        assert "\x00" not in article.body


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1252", "latin-1", "utf-32"]))
def test_any_charset_gives_an_article_or_a_named_error(text: str, charset: str) -> None:
    body = f"<h1>The bells</h1><p>{STORY}</p><p>{text}</p>".encode(charset, "replace")
    with contextlib.suppress(CpsScrapeError):
        read_page(body, URL, "text/html; charset=utf-7")


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 100_000 + f"<p>{STORY}</p>".encode(),
        b"<ul><li>" * 20_000 + STORY.encode(),
        b"<a href='/x'></a>" * 50_000 + f"<p>{STORY}</p>".encode(),
        f"<p>{STORY}</p>".encode() * 10_000,
        b"<p>" + b"x" * 5_000_000 + f"</p><p>{STORY}</p>".encode(),
        f"<p>{STORY}</p>".replace("e", "e\x00").encode(),
        b"<p class='" + b"a " * 500_000 + f"'>{STORY}</p>".encode(),
        f"<p>{STORY}</p>".encode() + b"<p>Share this story.</p><p>A short line</p>" * 20_000,
    ],
    ids=["deep", "deep-lists", "empty-links", "many", "one-line", "nul", "classes", "furniture"],
)
def test_hostile_pages_take_bounded_time_and_keep_the_story(body: bytes) -> None:
    start = time.process_time()
    article = read_page(page("").replace(b"</main>", body + b"</main>"), URL)
    assert STORY in article.body
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Below are some examples of cases we prosecuted:</p>",
        "<h3>Case study: the bells of Ferrowby</h3><p>A man stole a bell and was jailed.</p>",
        "<h2>Case studies</h2><p>Nobody was prosecuted.</p>",
        "<p><strong>The bells</strong></p><p>Following a trial, a man was jailed for two years.</p>",
    ],
    ids=["lead-ins", "case-headings", "umbrellas", "pseudo-headings"],
)
def test_cases_without_end_cost_what_their_length_costs(markup: str) -> None:
    def seconds(count: int) -> float:
        article = read_page(page(f"<p>{STORY}</p>" + markup * count), URL)
        start = time.process_time()
        add_case_studies(article)
        return time.process_time() - start

    seconds(1_000)  # what the first call alone costs
    assert seconds(16_000) < 100 * max(seconds(1_000), 0.005)  # sixteen times as long: linear is 16, quadratic 256


def test_files_and_monsters_are_refused_by_name() -> None:
    for body in (b"%PDF-1.7 x", b"\x89PNG\r\n", b"\x1f\x8b\x08"):
        with pytest.raises(NotTextError):
            read_page(body, URL)
    with pytest.raises(TooLargeError):
        read_page(b" " * (MAX_BYTES + 1), URL)
