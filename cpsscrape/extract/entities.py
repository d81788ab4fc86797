"""Whom an article tells of: the people and bodies that may speak, and where the text shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from cpsscrape.extract import lexicon
from cpsscrape.extract.posts import NOBODY, Post

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cpsscrape.items import SpeakerKind

PEERS = frozenset("lord lady baroness baron dame sir pope king queen prince princess".split())
"""Titles that are part of the name of a peer or a king: ``Lord Ashby``."""
NOWHERE = (1 << 30, 0)
"""The place of somebody whom only the headline or the notes name."""


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or some body of an article; ``gender`` is empty until the text tells it.

    ``place``: block and token where the page first names them. ``nouns``: what it calls them.
    """

    name: str
    kind: SpeakerKind
    post: Post = NOBODY
    gender: str = ""
    kin: str = ""
    head: str = ""
    sure: bool = True
    accused: bool = False
    age: str = ""
    dead: bool = False
    definite: bool = False
    married: bool = False
    title: str = ""
    place: tuple[int, int] = NOWHERE
    genders: list[str] = field(default_factory=list)
    nouns: set[str] = field(default_factory=set)

    @property
    def words(self) -> list[str]:
        """The name's words in lower case, for comparison."""
        return self.name.casefold().split()

    @property
    def private(self) -> bool:
        """Neither a post nor a tie to somebody: a name of the case itself."""
        return not self.post and not self.kin


class Sighting(NamedTuple):
    """An entity at a token of its sentence.

    ``leads``: it begins its clause; ``owns``: ``Ann Lee’s``; ``says``: a verb of saying stands beside it.
    """

    entity: Entity
    token: int
    leads: bool
    owns: bool = False
    says: bool = False


class Nameless:
    """Those without a name of an article, by the words for them (``neighbour``) and by the noun among the words."""

    def __init__(self) -> None:
        self._by_words: dict[str, Entity] = {}
        self._by_head: dict[str, list[Entity]] = {}

    def get(self, words: str) -> Entity | None:
        """Who was met under these words."""
        return self._by_words.get(words)

    def add(self, words: str, entity: Entity) -> Entity:
        """Keep somebody; who was met under the same words before stays and is given back."""
        known = self._by_words.setdefault(words, entity)
        if known is entity:
            self._by_head.setdefault(entity.head, []).append(entity)
        return known

    def with_head(self, head: str) -> list[Entity]:
        """All whom the page calls by this noun."""
        return self._by_head.get(head, [])


def people_in(sightings: Iterable[Sighting]) -> list[Entity]:
    """The different entities, in order."""
    return list(dict.fromkeys(sighting.entity for sighting in sightings))


def gender_by_name(person: Entity) -> str:
    """What the first name tells, where only women or only men bear it; not of ``Judge Beverley``."""
    words = person.name.split()
    if person.kind != "person" or (len(words) == 1 and person.post):
        return ""
    return lexicon.given_genders().get(words[0], "")


def gender_by_pronouns(genders: Sequence[str]) -> str:
    """What the pronouns near a name say: all of them, or four of five."""
    for gender in ("f", "m"):
        if genders and genders.count(gender) >= 0.8 * len(genders):
            return gender
    return ""
