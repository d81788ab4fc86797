"""One attribution: what governs a stretch in marks, and whom it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from cpsscrape.extract.mentions import Mention


Where = Literal["before", "after"]
Slot = Literal["utterance", "fragment"]


class Frame(NamedTuple):
    """One attribution. ``cue`` is a token of the paragraph, None for a speaker without a verb."""

    where: Where
    slot: Slot
    cue: int | None
    words: str | None
    mentions: tuple[Mention, ...]
    rule: str


TERM = Frame("before", "fragment", None, None, (), "term")
CARRIERS = frozenset(
    "sign signs banner placard message messages text texts poster label tattoo note graffiti badge slogan post"
    " posts letters words caption t-shirt card sticker plaque notice flag leaflet email emails chart".split()
)
ASIDE = frozenset({",", "–", "—", "-"})
