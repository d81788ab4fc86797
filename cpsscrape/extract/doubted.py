"""Two capital words that nobody knows: a person after all, by what the rest of the page does with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cpsscrape.extract.sightings import leads, names_person, says, title_gender

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from cpsscrape.extract.mentions import Mention
    from cpsscrape.extract.people import Name
    from cpsscrape.extract.prose import Paragraph
    from cpsscrape.extract.short_forms import ShortForms

_GOES_ON = frozenset({"he", "she"})


class Doubted(NamedTuple):
    """A full name that its sentence does not show to be a person’s."""

    par: Paragraph
    sentence: int
    name: Name
    mention: Mention


def people_among(
    doubted: Sequence[Doubted],
    paragraphs: Sequence[Paragraph],
    seen: Collection[tuple[int, int]],
    names: ShortForms,
) -> Iterator[Doubted]:
    """Those whose last name alone says something later (``said Pretorius``, ``Mr Pretorius``).

    And those of whom the next sentence goes on with ``She``, where nobody else is in theirs. A last name
    that somebody bears by then is not given twice: ``Dump Trump`` on a page with a Donald Trump.
    """
    speak = {
        par.tokens[name.first].low
        for par in paragraphs
        for name in par.names
        if not name.full and (says(par, name.begin, name.end) or title_gender(par, name))
    }
    for one in doubted:
        par, index, name, _ = one
        last_name = par.tokens[name.last - 1].low
        if names.knows(last_name) or not names_person(par, name):
            continue
        first, last = par.sentences[index]
        alone = leads(par, first, name.begin) and (par.number, index) not in seen
        follows = {token.low for token in par.tokens[last : last + 2]}
        if last_name in speak or (alone and follows & _GOES_ON):
            yield one
