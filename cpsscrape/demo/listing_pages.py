from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlencode

from cpsscrape.demo.furniture import Frame, breadcrumbs, frame_b, frame_c
from cpsscrape.demo.markup import text
from cpsscrape.demo.places import AREAS, CRIME_TYPES
from cpsscrape.demo.story_pages import long_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cpsscrape.demo.places import Area
    from cpsscrape.demo.stories import Story

PAGE_SIZE = 10
TITLES = {"news": "News", "cps-says": "CPS Says", "articles-and-speeches": "Articles and speeches"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A teaser: what a listing shows of one story, and where it links."""

    title: str
    href: str
    date: str
    text: str
    content_type: str | None
    topics: tuple[str, ...]
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of one listing. ``query`` is what the pager's links repeat; ``next_href`` overrides one."""

    name: str
    path: str
    query: tuple[tuple[str, str], ...]
    filters: str
    entries: tuple[Entry, ...]
    total: int
    page: int
    more: bool
    area: int | None = None
    crime_type: int | None = None
    areas: tuple[Area, ...] = AREAS
    next_href: str | None = None


def entry_of(story: Story, *, national: str) -> Entry:
    """The story's teaser, linking to the address its file asks for."""
    href = story.path(national)
    if story.link == "node":
        href = f"/node/{story.node}"
    if story.link == "old":
        href = f"/cps/news/{story.slug}"
    entry = Entry(
        title=story.headline,
        href=href,
        date=long_date(story.published),
        text=story.teaser,
        content_type=story.content_type,
        topics=story.topics,
        areas=tuple(area.name for area in story.areas),
    )
    return entry if story.labelled else replace(entry, content_type=None, topics=(), areas=())


def listing_page(listing: Listing, *, host: str, era: Literal["B", "C"]) -> str:
    """The listing's page in the template of its era."""
    name = TITLES[listing.name]
    frame = Frame(title=name, canonical=f"http://{host}{listing.path}")
    teaser = teaser_b if era == "B" else teaser_c
    found = "\n".join(teaser(entry) for entry in listing.entries)
    head = f'<p class="results-summary">{escape(summary(listing), quote=False)}</p>'
    form = _form(listing) if listing.name == "news" else ""
    main = f"""<h1>{name}</h1>
{form}
{head}
<div class="listing">
{found or '<p class="no-results">There are no results.</p>'}
</div>
{_pager(listing)}"""
    around = frame_b if era == "B" else frame_c
    return around(main, frame, crumbs=breadcrumbs(("/", "Home"), ("", name)))


def summary(listing: Listing) -> str:
    """The head line: ``Showing 1 - 10 of 23 results for area "CPS"``."""
    where = f" {listing.filters}" if listing.filters else ""
    first = listing.page * PAGE_SIZE + 1
    past = first > listing.total
    if past and not listing.entries:
        return f"Showing 0 results{where}"
    last = first + PAGE_SIZE - 1 if past else min(first + PAGE_SIZE - 1, listing.total)
    return f"Showing {first} - {last} of {listing.total} results{where}"


def teaser_c(entry: Entry) -> str:
    """A teaser of the new template: labels are elements of their own, with nothing between them."""
    labels = [label for label in (entry.content_type, *entry.topics, *entry.areas) if label]
    tags = "".join(f'<span class="teaser__label">{text(label)}</span>' for label in labels)
    return f"""<div class="teaser">
<h3 class="teaser__title"><a href="{escape(entry.href)}">{text(entry.title)}</a></h3>
<div class="teaser__date">{entry.date}</div>
<div class="teaser__text"><p>{text(entry.text)}</p></div>
<div class="teaser__labels">{tags}</div>
</div>"""


def teaser_b(entry: Entry) -> str:
    """A teaser of the old template: ``| Press Release , Hate crime , CPS, South West News``."""
    groups = [entry.content_type or "", ", ".join(entry.topics), ", ".join(entry.areas)]
    labels = " , ".join(text(group) for group in groups if group)
    end = f" {labels} News" if labels else ""
    return f"""<div class="views-row"><article class="node node--type-news-centre node--view-mode-teaser">
<h3><a href="{escape(entry.href)}">{text(entry.title)}</a></h3>
<p class="node__date">{entry.date}</p>
<div class="field field--name-field-teaser"><p>{text(entry.text)}</p></div>
<p class="node__labels">|{end}</p>
</article></div>"""


def _form(listing: Listing) -> str:
    areas = "".join(_option(area.id, area.name, listing.area) for area in listing.areas)
    crimes = "".join(_option(crime.id, crime.name, listing.crime_type) for crime in CRIME_TYPES)
    return f"""<form action="/news" method="get" class="views-exposed-form">
<label>Search <input type="text" name="keys" value=""></label>
<label>Crime type <select name="crime_type"><option value="All">- Any -</option>{crimes}</select></label>
<label>Area <select name="area">{areas}</select></label>
<label>From <input type="text" name="publication_date_after" placeholder="mm/dd/yyyy"></label>
<label>To <input type="text" name="publication_date_before" placeholder="mm/dd/yyyy"></label>
<button type="submit">Apply</button>
</form>"""


def _option(number: int, name: str, chosen: int | None) -> str:
    selected = ' selected="selected"' if number == chosen else ""
    return f'<option value="{number}"{selected}>{text(name)}</option>'


def _pager(listing: Listing) -> str:
    if not listing.more and not listing.page:
        return ""
    last = max(0, -(-listing.total // PAGE_SIZE) - 1)
    window = range(max(0, listing.page - 4), min(last, listing.page + 4) + 1)
    links = [_page_link(listing, number, str(number + 1), "page") for number in window]
    if listing.page:
        links.insert(0, _page_link(listing, listing.page - 1, "Previous", "prev"))
    if listing.more:
        links.append(_next_link(listing))
    return f'<nav class="pager" aria-label="Pages"><ul class="pager__items">{_items(links)}</ul></nav>'


def _items(links: Sequence[str]) -> str:
    return "".join(f"<li>{link}</li>" for link in links)


def _next_link(listing: Listing) -> str:
    if listing.next_href:
        return f'<a href="{escape(listing.next_href)}" rel="next" class="pager__next">Next</a>'
    return _page_link(listing, listing.page + 1, "Next", "next")


def _page_link(listing: Listing, page: int, label: str, relation: str) -> str:
    rel = f' rel="{relation}"' if relation != "page" else ""
    here = ' aria-current="page"' if relation == "page" and page == listing.page else ""
    address = f"?{urlencode([*listing.query, ('page', str(page))])}"
    return f'<a href="{escape(address)}"{rel}{here} class="pager__{relation}">{label}</a>'
