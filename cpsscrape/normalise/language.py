"""English or Welsh, by the words of the text and not by its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cpsscrape.items import Language

# The commonest words of each language that the other does not have ("a", "i", "y", "an" are left out).
_WELSH = frozenset(
    "yn yr ac ei ar wedi am oedd eu gan fel ond mae hyn nid sydd yw dros roedd bod fod cael gyda mewn o’r "
    "i’r a’r "
    "o'r i'r a'r ddau ddwy hefyd hwn hon dywedodd heddiw achos bu blwyddyn mlynedd llys heddlu erlyn eisoes "
    "cafodd".split()
)
_ENGLISH = frozenset(
    "the of and to in was is that for with on his her he she by who has have been were from at this had are "
    "it they".split()
)
_COMMON = _WELSH | _ENGLISH


def language_of(text: str) -> Language:
    """``cy`` where the text has more of the common Welsh words than of the English ones."""
    known = list(filter(_COMMON.__contains__, text[:4000].casefold().split()))
    welsh = sum(map(_WELSH.__contains__, known))
    return "cy" if welsh * 2 > len(known) else "en"
