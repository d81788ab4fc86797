from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from cpsscrape.demo.faults import FAULTS, Fault, fault_story
from cpsscrape.demo.places import AREAS
from cpsscrape.demo.revisions import REVISIONS
from cpsscrape.demo.stories import Absence, Story, stories

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFact:
    """What is true of one article: the columns an archive should have for it. Paths are without host."""

    slug: str
    node_id: int | None
    path: str
    aliases: tuple[str, ...]
    headline: str
    update_label: str | None
    published_on: str
    content_type: str | None
    topics: tuple[str, ...]
    areas: tuple[str, ...]
    teaser: str
    language: Literal["en", "cy"]
    template: Literal["A", "B", "C"]
    listed_in: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is true of the site in one state, for tests to compare an archive with.

    ``stories`` are the good articles that the listings show; ``gone`` maps the paths of those that were
    there to how they answer now; ``listings`` maps each listing's target to the total it states. With
    respect to state 1: ``edited`` maps paths to kinds of edit, ``new`` and ``backdated`` are paths,
    ``refurnished`` are paths whose bytes differ although the story does not. ``faulty`` maps the paths
    that faults add to their faults.
    """

    state: int
    stories: tuple[StoryFact, ...]
    listings: dict[str, int]
    gone: dict[str, Absence] = field(default_factory=dict)
    edited: dict[str, tuple[str, ...]] = field(default_factory=dict)
    new: tuple[str, ...] = ()
    backdated: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    refurnished: tuple[str, ...] = ()
    faulty: dict[str, Fault] = field(default_factory=dict)

    def story(self, slug: str) -> StoryFact:
        """The facts of the article of that slug."""
        return next(fact for fact in self.stories if fact.slug == slug)


def facts_of(state: int, faults: frozenset[str], national: str) -> Facts:
    """Work out the facts of a state from the articles' files."""
    here = tuple(story for story in stories(state) if not story.absence)
    before = {story.slug: story for story in stories(1) if not story.absence}
    extra = tuple(fault_story(FAULTS[name]) for name in FAULTS if name in faults and FAULTS[name].has_address)
    fresh = [story for story in here if story.slug not in before]
    known = {story.slug for story in stories(1)}
    return Facts(
        state=state,
        stories=tuple(_fact(story, national) for story in here),
        listings=_totals((*here, *extra)),
        gone={story.path(national): story.absence for story in stories(state) if story.absence},
        edited=_edits(here, national) if state > 1 else {},
        new=tuple(story.path(national) for story in fresh if story.slug not in known),
        backdated=tuple(
            story.path(national) for story in fresh if story.slug not in known and story.published < _newest(before)
        ),
        returned=tuple(story.path(national) for story in fresh if story.slug in known),
        refurnished=tuple(
            story.path(national)
            for story in here
            if state > 1 and story.template == "B" and story.slug in before and story == before[story.slug]
        ),
        faulty={story.path(national): fault for story, fault in zip(extra, _with_address(faults), strict=True)},
    )


def listing_targets(story: Story) -> tuple[str, ...]:
    """The listings that show the story, as targets of requests."""
    found = [f"/{name}" for name in story.listings if name != "news"]
    if "news" in story.listings:
        found += [f"/news?area={area.id}" for area in story.areas]
    return tuple(found)


def _with_address(faults: frozenset[str]) -> list[Fault]:
    return [fault for name, fault in FAULTS.items() if name in faults and fault.has_address]


def _newest(before: dict[str, Story]) -> date:
    return max(story.published for story in before.values())


def _edits(here: Iterable[Story], national: str) -> dict[str, tuple[str, ...]]:
    kinds = {
        story.path(national): tuple(revision.kind for revision in REVISIONS if revision.slug == story.slug)
        for story in here
    }
    return {path: found for path, found in kinds.items() if found}


def _totals(listed: Iterable[Story]) -> dict[str, int]:
    totals = {f"/news?area={area.id}": 0 for area in AREAS} | {"/cps-says": 0, "/articles-and-speeches": 0}
    for story in listed:
        for target in listing_targets(story):
            totals[target] += 1
    return totals


def _fact(story: Story, national: str) -> StoryFact:
    return StoryFact(
        slug=story.slug,
        node_id=story.node,
        path=story.path(national),
        aliases=story.aliases(national),
        headline=story.title,
        update_label=story.label.rstrip(":") if story.label else None,
        published_on=story.published.isoformat(),
        content_type=story.content_type if story.labelled else None,
        topics=story.topics,
        areas=tuple(area.name for area in story.areas),
        teaser=story.teaser,
        language=story.language,
        template=story.template,
        listed_in=listing_targets(story),
    )
