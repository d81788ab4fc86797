from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from cpsscrape.demo.answers import Answer, page, redirect
from cpsscrape.demo.listing_pages import PAGE_SIZE, Entry, Listing, entry_of, listing_page
from cpsscrape.demo.places import AREAS, CRIME_TYPES, NATIONAL, Area, CrimeType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cpsscrape.demo.stories import Story

OFFSITE_AREA = Area(99, "offshore", "Offshore")
EMPTY_AREA = Area(98, "isles", "Isles")

Query = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Listings:
    """The listings over one set of stories, the newest first.

    As on the real site ``/news`` is silently the listing of area 122, and so is every area it does not know.
    """

    stories: tuple[Story, ...]
    faults: frozenset[str]
    era: Literal["B", "C"]
    national: str

    def answer(self, path: str, query: Query, host: str) -> Answer:
        """One page of the listing that the address asks for."""
        name = path.rsplit("/", 1)[-1] or "news"
        areas = self._areas()
        area = next((area for area in areas if str(area.id) == _value(query, "area")), NATIONAL)
        if area is OFFSITE_AREA:
            return redirect("http://offsite.invalid/news?area=99", status=302)
        listing = self._listing(name, path, query, area)
        if area is EMPTY_AREA:
            listing = replace(listing, total=12, more=False)
        listing = self._spoilt(replace(listing, areas=areas), area)
        return page(listing_page(listing, host=host, era=self.era))

    def _listing(self, name: str, path: str, query: Query, area: Area) -> Listing:
        crime = next((crime for crime in CRIME_TYPES if str(crime.id) == _value(query, "crime_type")), None)
        found = [story for story in self.stories if name in story.listings and _matches(story, query)]
        if name == "news":
            found = [story for story in found if area in story.areas and (not crime or crime.name in story.topics)]
        number = max(0, int(_value(query, "page") or 0)) if (_value(query, "page") or "0").isdigit() else 0
        shown, more = self._slice(found, number, area if name == "news" else None)
        return Listing(
            name=name,
            path=path,
            query=tuple((key, values[0]) for key, values in query.items() if key != "page"),
            filters=_filters(area, crime) if name == "news" else "",
            entries=tuple(entry_of(story, national=self.national) for story in shown),
            total=len(found),
            page=number,
            more=more,
            area=area.id,
            crime_type=crime.id if crime else None,
        )

    def _slice(self, found: Sequence[Story], number: int, area: Area | None) -> tuple[Sequence[Story], bool]:
        start = number * PAGE_SIZE
        shown = found[start : start + PAGE_SIZE]
        if area is None or not found:
            return shown, start + PAGE_SIZE < len(found)
        if "pager-repeats" in self.faults and area.id % 2:
            last = (len(found) - 1) // PAGE_SIZE * PAGE_SIZE
            return shown or found[last:], True
        if "pager-endless" in self.faults and not area.id % 2:
            turned = [found[(start + 3 * step) % len(found)] for step in range(min(PAGE_SIZE, len(found)))]
            return shown or turned, True
        return shown, start + PAGE_SIZE < len(found)

    def _areas(self) -> tuple[Area, ...]:
        offsite = (OFFSITE_AREA,) if "listing-offsite" in self.faults else ()
        empty = (EMPTY_AREA,) if "listing-empty" in self.faults else ()
        return (*AREAS, *offsite, *empty)

    def _spoilt(self, listing: Listing, area: Area) -> Listing:
        if "teasers-lost" in self.faults:
            return replace(listing, entries=())
        if "links-tracked" in self.faults:
            listing = replace(listing, entries=tuple(map(_tracked, listing.entries)))
        if "links-escaped" in self.faults:
            entries = tuple(_escaped(entry) for entry in listing.entries)
            following = f"{listing.path}?area={area.id}&amp%3Bpage={listing.page + 1}"
            listing = replace(listing, entries=entries, next_href=following)
        if "listing-pager-offsite" in self.faults and listing.name == "news" and area.id in (7, 11):
            listing = replace(listing, more=True, next_href=f"http://offsite.invalid/news?area={area.id}&page=1")
        if "links-foreign" in self.faults and listing.name == "news" and area is NATIONAL and not listing.page:
            listing = replace(listing, entries=(*listing.entries, *FOREIGN))
        return listing


def _value(query: Mapping[str, list[str]], name: str) -> str | None:
    return query.get(name, [None])[0]


def _filters(area: Area, crime: CrimeType | None) -> str:
    kinds = [f'crime type "{crime.name}"'] if crime else []
    return "for " + " & ".join([*kinds, f'area "{area.name}"'])


def _matches(story: Story, query: Query) -> bool:
    words = (_value(query, "keys") or "").lower()
    after, before = _us_date(query, "publication_date_after"), _us_date(query, "publication_date_before")
    return (
        words in f"{story.headline}\n{story.teaser}\n{story.body}".lower()
        and (after is None or story.published >= after)
        and (before is None or story.published <= before)
    )


def _us_date(query: Query, name: str) -> date | None:
    # "mm/dd/yyyy", as the form's hint has it.
    try:
        month, day, year = (int(part) for part in (_value(query, name) or "").split("/"))
        return date(year, month, day)
    except ValueError:
        return None


def _tracked(entry: Entry) -> Entry:
    forms = (
        "{}?utm_source=listing&utm_medium=web&utm_campaign=news",
        "{}#main-content",
        "{}/",
        "{}?fbclid=abc123",
    )
    return replace(entry, href=forms[len(entry.title) % len(forms)].format(entry.href))


def _escaped(entry: Entry) -> Entry:
    joint = "&" if "?" in entry.href else "?"
    base, mark, fragment = entry.href.partition("#")
    return replace(entry, href=f"{base}{joint}from=news&amp%3Bpage=0{mark}{fragment}")


def _foreign(number: int, href: str) -> Entry:
    return Entry(
        title=f"A link of another kind, number {number}",
        href=href,
        date="01 July 2026",
        text="This teaser leads nowhere that a reader of our news should go.",
        content_type="News Item",
        topics=(),
        areas=("CPS",),
    )


FOREIGN = tuple(
    _foreign(number, href)
    for number, href in enumerate(
        (
            "http://offsite.invalid/news/story",
            "//offsite.invalid/national-news/news/story",
            "https://127.0.0.2/national-news/news/story",
            "mailto:press@cps.invalid",
            "javascript:void(0)",
            "tel:+441632960001",
            "ftp://offsite.invalid/story",
            "file:///etc/passwd",
            "data:text/html,<h1>Story</h1>",
            "",
            "#",
            "http://[::1",
            "/sites/default/files/documents/publications/report.pdf",
        ),
        start=1,
    )
)
