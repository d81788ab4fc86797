"""The articles of the miniature site, one text file each: a header, a blank line, a body.

The file's name is the article's slug. Header fields, one a line:

============  ============================================================================
``title``     the headline, without its update label
``label``     the update label as written, with its colon if it has one
``date``      when it was published, ``2024-08-15``
``areas``     names from ``places.py``, joined by ``; ``
``node``      the number of its ``/node/N`` address; absent before Drupal (template A)
``type``      what its teaser says: ``Press Release``, ``News Item``, ``Speech`` … or nothing
``topics``    joined by ``; ``
``teaser``    the teaser's text
``template``  ``A``, ``B`` or ``C``; by default the one of its date
``language``  ``cy`` for Welsh
``also``      ``news`` for a speech that the news listings show too
``link``      ``node`` or ``old``: the teaser links to that address, not to the canonical one
``dated``     ``no`` where the page itself prints no date
``labels``    ``no`` where the teaser has none
``since``     the first state of the site that has it
``gone``      ``2 410``: from state 2 on it answers so (``404``, ``410``, ``listing``, ``soft``)
``back``      the state that has it again
============  ============================================================================

The body's form is described in ``markup.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from cpsscrape.demo.places import NATIONAL, Area, area_named
from cpsscrape.demo.revisions import REVISIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

Template = Literal["A", "B", "C"]
Absence = Literal["404", "410", "listing", "soft"]
LinkKind = Literal["canonical", "node", "old"]

TEMPLATES: dict[str, Template] = {"A": "A", "B": "B", "C": "C"}
ABSENCES: dict[str, Absence] = {"404": "404", "410": "410", "listing": "listing", "soft": "soft"}
LINKS: dict[str, LinkKind] = {"canonical": "canonical", "node": "node", "old": "old"}

NEW_TEMPLATE_FROM = date(2025, 11, 1)
REVISED_ON = date(2026, 10, 5)
EXTRA_LISTINGS = {
    "CPS says": "cps-says",
    "Speech": "articles-and-speeches",
    "Article": "articles-and-speeches",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article as the site holds it in one state."""

    slug: str
    title: str
    label: str | None
    published: date
    modified: date
    areas: tuple[Area, ...]
    node: int | None
    content_type: str | None
    topics: tuple[str, ...]
    teaser: str
    body: str
    template: Template
    language: Literal["en", "cy"]
    listings: tuple[str, ...]
    link: LinkKind
    dated: bool
    labelled: bool
    absence: Absence | None

    @property
    def headline(self) -> str:
        """The headline as the page and the teaser show it."""
        return f"{self.label} {self.title}" if self.label else self.title

    def path(self, national: str) -> str:
        """The canonical path; ``national`` is the prefix of stories that are no area's own."""
        if self.template == "A":
            return f"/news/latest_news/{self.slug.replace('-', '_')}/"
        offices = [area.slug for area in self.areas if area is not NATIONAL]
        return f"/{'-'.join(offices) or national}/news/{self.slug}"

    def aliases(self, national: str) -> tuple[str, ...]:
        """Every other path the article answers to."""
        if self.node is None:
            return (self.path(national).rstrip("/"),)
        path = self.path(national)
        others = [f"/node/{self.node}", f"/cy/node/{self.node}", f"/cy{path}", f"{path}/"]
        if path.startswith("/national-news/"):
            others.append(f"/cps/news/{self.slug}")
        return tuple(others)


@cache
def stories(state: int) -> tuple[Story, ...]:
    """Every article there is or was in that state, the newest first."""
    found = []
    for slug, text in sorted(_texts().items()):
        story = read_story(slug, _revised(slug, text, state), state)
        if story is not None:
            found.append(story)
    return tuple(sorted(found, key=lambda story: (story.published, story.node or 0), reverse=True))


def read_story(slug: str, text: str, state: int) -> Story | None:
    """Read one article file; None for one that the site never had by then."""
    head, _, body = text.partition("\n\n")
    fields = dict(_field(line, slug) for line in head.splitlines())
    if state < int(fields.get("since", "1")):
        return None
    published = date.fromisoformat(fields["date"])
    content_type = fields.get("type")
    listing = EXTRA_LISTINGS.get(content_type or "", "news")
    also = (fields["also"],) if "also" in fields else ()
    return Story(
        slug=slug,
        title=fields["title"],
        label=fields.get("label"),
        published=published,
        modified=REVISED_ON if _was_revised(slug, state) else published,
        areas=tuple(area_named(name) for name in fields["areas"].split("; ")),
        node=int(fields["node"]) if "node" in fields else None,
        content_type=content_type,
        topics=tuple(fields["topics"].split("; ")) if "topics" in fields else (),
        teaser=fields["teaser"],
        body=body.strip(),
        template=_template(fields, published),
        language="cy" if fields.get("language") == "cy" else "en",
        listings=(listing, *also),
        link=LINKS[fields.get("link", "canonical")],
        dated=fields.get("dated") != "no",
        labelled=fields.get("labels") != "no",
        absence=_absence(fields, state),
    )


def _field(line: str, slug: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon:
        raise ValueError(f"articles/{slug}.txt: {line!r} is no header line")
    return name.strip(), value.strip()


def _template(fields: Mapping[str, str], published: date) -> Template:
    if "template" in fields:
        return TEMPLATES[fields["template"]]
    return "C" if published >= NEW_TEMPLATE_FROM else "B"


def _absence(fields: Mapping[str, str], state: int) -> Absence | None:
    since, _, how = fields.get("gone", "").partition(" ")
    if not since or state < int(since) or ("back" in fields and state >= int(fields["back"])):
        return None
    return ABSENCES[how]


@cache
def _texts() -> Mapping[str, str]:
    folder = files("cpsscrape.demo") / "articles"
    return {
        file.name.removesuffix(".txt"): file.read_text("utf-8")
        for file in folder.iterdir()
        if file.name.endswith(".txt")
    }


def _was_revised(slug: str, state: int) -> bool:
    return state > 1 and any(revision.slug == slug for revision in REVISIONS)


def _revised(slug: str, text: str, state: int) -> str:
    if state == 1:
        return text
    for revision in REVISIONS:
        if revision.slug == slug:
            text = revision.applied(text)
    return text
