"""Takes a listing page that was read into the archive; crawl and replay share it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from cpsscrape.archive.frontier import A_FILE, NO_ADDRESS, NO_STORY, NOT_WEB, OFF_SITE
from cpsscrape.archive.listings import Noted, note_areas, note_teasers, note_topics
from cpsscrape.archive.withdrawals import is_withdrawn
from cpsscrape.normalise.areas import area_by_id, area_by_name
from cpsscrape.normalise.urls import canonical_url, is_on_site

if TYPE_CHECKING:
    from sqlite_utils import Database

    from cpsscrape.items import Teaser
    from cpsscrape.pages.listing import Listing

_FILES = (
    ".pdf",
    ".doc",
    ".docx",
    ".xls",
    ".xlsx",
    ".csv",
    ".ods",
    ".odt",
    ".zip",
    ".jpg",
    ".png",
    ".webp",
    ".mp4",
)

_STATED = re.compile(r"\barea\s+[\"“'‘]([^\"”'’]+)[\"”'’]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What one listing page brought: its stories, which are new or changed, and what is refused, with the reason."""

    noted: Noted
    stories: tuple[str, ...]
    refused: dict[str, str]


def take_listing(db: Database, listing: Listing, base: str, *, site: str, area: int | None, at: str) -> Intake:
    """Store a listing page's teasers under ``base``, inside the caller's transaction.

    The area comes from the listing's own head line; without one, from the filter asked for.
    """
    note_areas(db, [(option.id, option.name) for option in listing.areas])
    note_topics(db, [option.name for option in listing.crime_types])
    area_name = _area_of(listing, area)
    stories: dict[str, Teaser] = {}
    refused = dict(_refused(teaser, base, site) for teaser in listing.strays)
    for teaser in listing.teasers:
        assert teaser.url is not None, "a story is known by its link"
        url = canonical_url(teaser.url, site)
        reason = "withdrawn" if is_withdrawn(db, (url,), None) else A_FILE if _is_file(url) else None
        if reason:
            refused[url] = reason
            continue
        names = dict.fromkeys((*teaser.areas, *([area_name] if area_name else [])))
        stories.setdefault(url, replace(teaser, url=url, areas=tuple(names)))
    noted = note_teasers(db, base, stories.values(), at)
    return Intake(noted=noted, stories=tuple(stories), refused=refused)


def stated_area(label: str | None) -> str | None:
    """Return the area that a head line names: ``crime type "Fraud" & area "London South"``."""
    match = _STATED.search(label or "")
    if match is None:
        return None
    known = area_by_name(match[1])
    return known.name if known else match[1]


def _area_of(listing: Listing, area: int | None) -> str | None:
    asked = area_by_id(area) if area is not None else None
    return stated_area(listing.label) or (asked.name if asked else None)


def _refused(stray: Teaser, base: str, site: str) -> tuple[str, str]:
    """The address of a teaser that leads to no story, and why it is never asked for.

    One without an address is accounted for under its title: ``/news#Title``.
    """
    if stray.url is None:
        return f"{base}#{quote(stray.title or '')}", NO_ADDRESS
    if not stray.url.startswith(("http://", "https://")):
        return stray.url, NOT_WEB
    url = canonical_url(stray.url, site)
    if not is_on_site(url, site):
        return url, OFF_SITE
    return url, A_FILE if _is_file(url) else NO_STORY


def _is_file(url: str) -> bool:
    return url.split("?", maxsplit=1)[0].lower().endswith(_FILES)
