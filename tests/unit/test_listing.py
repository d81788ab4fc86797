from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpsscrape.exceptions import CpsScrapeError, LayoutError, SoftNotFoundError
from cpsscrape.pages.labels import label_line
from cpsscrape.pages.listing import AreaOption, read_listing

URL = "https://www.cps.gov.uk/news"
FORM = (
    '<form><select name="area"><option value="All">- Any -</option><option value="122" selected>CPS</option>'
    '<option value="11">Wessex</option></select><select name="crime_type"><option value="18">Domestic abuse</option>'
    "</select></form>"
)
NEW = (
    '<div class="teaser"><h3 class="teaser__title"><a href="/wessex/news/bell-{0}">Bell {0} stolen</a></h3>'
    '<div class="teaser__date">0{0} August 2024</div><p class="teaser__text">The bell was found in a pram.</p>'
    '<ul class="teaser__tags"><li>Press Release</li><li>Hate crime</li><li>CPS</li><li>South West</li></ul></div>'
)
OLD = (
    '<div class="views-row"><h3><a href="/cps/news/bell-{0}">Bell {0} stolen</a></h3><span>0{0} August 2024</span>'
    "<p>The bell was found in a pram.</p>"
    "<p>| Press Release , Sexual offences, Hate crime , CPS, South West News</p></div>"
)
UNKNOWN = (
    '<li><span>0{0}/08/2024</span><a href="/news/bell-{0}?utm_source=x">Bell {0} stolen</a>'
    "<span>The bell was found in a pram, the court heard.</span></li>"
)


def listing(teasers: str, *, head: str = 'Showing 1 - 3 of 23 results for area "CPS"', tail: str = "") -> bytes:
    return f"<html><body><h1>News</h1>{FORM}<p>{head}</p><div><div>{teasers}</div></div>{tail}</body></html>".encode()


@pytest.mark.parametrize("template", [NEW, OLD, UNKNOWN], ids=["new", "old", "unknown"])
def test_teasers_of_every_template(template: str) -> None:
    found = read_listing(listing("".join(template.format(number) for number in (1, 2, 3))), URL)
    assert [teaser.title for teaser in found.teasers] == ["Bell 1 stolen", "Bell 2 stolen", "Bell 3 stolen"]
    assert (found.expected, found.first, found.last, found.label) == (23, 1, 3, 'area "CPS"')
    first = found.teasers[0]
    assert first.url is not None
    assert first.url.endswith("/bell-1")
    assert first.text is not None
    assert first.text.startswith("The bell was found in a pram")
    assert first.date in ("01 August 2024", "01/08/2024")


def test_labels_are_elements_in_the_new_template_and_a_line_in_the_old() -> None:
    new = read_listing(listing(NEW.format(1)), URL).teasers[0]
    assert (new.content_type, new.topics, new.areas) == ("Press Release", ("Hate crime",), ("CPS", "South West"))
    old = read_listing(listing(OLD.format(1)), URL).teasers[0]
    assert (old.content_type, old.topics) == ("Press Release", ("Sexual offences", "Hate crime"))
    assert old.areas == ("CPS", "South West")


def test_lines_of_labels() -> None:
    assert label_line("|").content_type is None
    assert label_line("| News Item , CPS News").areas == ("CPS",)
    assert label_line("|News, Cyber / online crime").topics == ("Cyber / online crime",)
    assert label_line("| Sexual offences , Wessex News").content_type is None


def test_the_form_gives_areas_and_crime_types() -> None:
    found = read_listing(listing(NEW.format(1)), URL)
    assert found.areas == (AreaOption(id=122, name="CPS"), AreaOption(id=11, name="Wessex"))
    assert found.crime_types == (AreaOption(id=18, name="Domestic abuse"),)


@pytest.mark.parametrize(
    ("pager", "address"),
    [
        ('<li class="pager__item--next"><a href="?page=1" title="Go to next page"><span>›</span></a></li>', "page=1"),
        ('<a rel="next" href="/news?page=1&amp;amp%3Barea=4">2</a>', "page=1&area=4"),
        ('<a href="/news?page=0">1</a><a href="/news?page=1">2</a><a href="/news?page=2">3</a>', "page=1"),
        ('<a href="?page=1">Nesaf</a>', "page=1"),
    ],
)
def test_the_next_page(pager: str, address: str) -> None:
    found = read_listing(listing(NEW.format(1), tail=f"<nav><ul>{pager}</ul></nav>"), URL)
    assert found.next_url == f"{URL}?{address}"


def test_the_last_page_has_no_next() -> None:
    body = listing(NEW.format(1), head="Showing 21 - 23 of 23 results", tail='<a href="/news?page=1">Previous</a>')
    found = read_listing(body, f"{URL}?page=2")
    assert (found.next_url, found.current_page, found.last) == (None, 2, 23)


def test_teasers_are_of_the_site_that_was_asked() -> None:
    found = read_listing(listing(NEW.format(1)), "http://127.0.0.1:8000/news")
    assert [teaser.url for teaser in found.teasers] == ["http://127.0.0.1:8000/wessex/news/bell-1"]


def test_related_stories_and_menus_are_no_teasers() -> None:
    related = f"<section><h2>Related stories</h2>{NEW.format(9)}</section><nav><a href='/cps/news/menu'>Menu</a></nav>"
    found = read_listing(listing(NEW.format(1) + NEW.format(2), tail=related), URL)
    assert [teaser.title for teaser in found.teasers] == ["Bell 1 stolen", "Bell 2 stolen"]


STRAYS = (
    "https://offsite.invalid/wessex/news/bell",
    "mailto:press@cps.invalid",
    "javascript:void(0)",
    "#",
    "",
    "http://[::1",
    "/sites/default/files/documents/report.pdf",
    "/careers/bell-founder",
)


@pytest.mark.parametrize("template", [NEW, OLD], ids=["new", "old"])
def test_teasers_that_lead_to_no_story_are_kept_apart(template: str) -> None:
    odd = [re.sub('href="[^"]*"', f'href="{href}"', template.format(5)) for href in STRAYS]
    found = read_listing(listing(template.format(1) + "".join(odd) + template.format(2)), URL)
    assert [teaser.title for teaser in found.teasers] == ["Bell 1 stolen", "Bell 2 stolen"]
    assert sorted(str(teaser.url) for teaser in found.strays) == sorted(
        ["None", "None", *STRAYS[:3], "http://[::1", *(f"https://www.cps.gov.uk{path}" for path in STRAYS[-2:])]
    )


def test_links_inside_a_teaser_or_below_the_list_are_no_teasers() -> None:
    inner = NEW.format(1).replace("</h3>", '</h3><p>With <a href="https://police.invalid/">the police</a></p>')
    below = '<p><a href="mailto:press@cps.invalid">Ask the press office</a></p>'
    found = read_listing(listing(inner + NEW.format(2) + below), URL)
    assert (len(found.teasers), found.strays) == (2, ())


def test_an_empty_listing_is_empty_and_a_broken_one_an_error() -> None:
    empty = read_listing(listing("", head="There are no results for your search."), URL)
    assert (empty.teasers, empty.expected) == ((), 0)
    with pytest.raises(LayoutError):
        read_listing(listing("<p>Bell stolen</p>"), URL)


def test_other_pages_are_refused_by_name() -> None:
    with pytest.raises(SoftNotFoundError):
        read_listing(b"<title>Page not found | CPS</title><h1>Page not found</h1><p>Sorry.</p>", URL)
    with pytest.raises(LayoutError):
        read_listing(b"<h1>Bell stolen</h1><p>A bell was stolen from a church in Ferrowby.</p>", URL)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_listing_or_a_named_error(body: bytes) -> None:
    for wrapped in (body, listing(NEW.format(1)).replace(b"</h3>", body)):
        try:
            read_listing(wrapped, URL)
        except CpsScrapeError:
            continue
