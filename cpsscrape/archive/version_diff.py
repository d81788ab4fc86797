"""What changed between two versions of an article: fields, paragraphs, words, quotes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from cpsscrape.extract.quotes import find_quotes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cpsscrape.archive.versions import Version
    from cpsscrape.items import Quote

Operation = Literal["same", "removed", "added"]
Words = tuple[tuple[Operation, str], ...]
_WORD = re.compile(r"\s+|\w+(?:[’'.,-]\w+)*|[^\w\s]")
# Below this share of common words two paragraphs are another text, not an edit.
SIMILAR = 0.4
_TEXTS = ("headline", "update_label", "teaser", "published_on", "updated_on", "notes_to_editors")
_LISTS = ("topics", "areas", "links")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field with another value; ``words`` where it is text, else what its list lost and gained."""

    field: str
    old: str | None
    new: str | None
    words: Words = ()
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphChange:
    """A paragraph of the body: ``old`` or ``new`` is None where it was added or removed.

    ``number`` counts from 1 in the newer version, or in the older for one that was removed.
    """

    number: int
    old: str | None
    new: str | None
    words: Words = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionDiff:
    """All that is different; everything empty means that the two are equal."""

    older: int
    newer: int
    fields: tuple[FieldChange, ...]
    paragraphs: tuple[ParagraphChange, ...]
    unchanged: int
    quotes_gone: tuple[Quote, ...]
    quotes_new: tuple[Quote, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing that is published differs."""
        return not (self.fields or self.paragraphs)


def compare_versions(old: Version, new: Version, *, language: str = "en") -> VersionDiff:
    """Compare two versions of one article."""
    bodies = [(version.published["body"] or "").split("\n\n") for version in (old, new)]
    paragraphs = tuple(compare_paragraphs(*bodies))
    gone, come = compare_quotes(*(find_quotes(body, language) for body in bodies))
    touched = sum(change.new is not None for change in paragraphs)
    return VersionDiff(
        older=old.version,
        newer=new.version,
        fields=tuple(_field_changes(old.published, new.published)),
        paragraphs=paragraphs,
        unchanged=len([text for text in bodies[1] if text]) - touched,
        quotes_gone=gone,
        quotes_new=come,
    )


def compare_words(old: str, new: str) -> Words:
    """Return the words of both texts in order, each same, removed or added; white space belongs to words."""
    a, b = _WORD.findall(old), _WORD.findall(new)
    parts: list[tuple[Operation, str]] = []
    for operation, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if operation == "equal":
            parts.append(("same", "".join(a[i1:i2])))
            continue
        if i1 < i2:
            parts.append(("removed", "".join(a[i1:i2])))
        if j1 < j2:
            parts.append(("added", "".join(b[j1:j2])))
    return tuple(_joined(parts))


def _joined(parts: list[tuple[Operation, str]]) -> Iterator[tuple[Operation, str]]:
    """Join changes that only white space keeps apart, so that a phrase reads as one change."""
    pending = {"removed": "", "added": ""}
    for number, (operation, text) in enumerate(parts):
        inside = any(pending.values()) and number + 1 < len(parts)
        if operation != "same":
            pending[operation] += text
        elif text.isspace() and inside:
            pending = {name: value + text for name, value in pending.items()}
        else:
            yield from _pending(pending)
            pending = {"removed": "", "added": ""}
            yield operation, text
    yield from _pending(pending)


def _pending(pending: dict[str, str]) -> Iterator[tuple[Operation, str]]:
    if pending["removed"].strip() or (pending["removed"] and not pending["added"]):
        yield "removed", pending["removed"]
    if pending["added"].strip() or (pending["added"] and not pending["removed"]):
        yield "added", pending["added"]


def compare_paragraphs(old: Sequence[str], new: Sequence[str]) -> Iterator[ParagraphChange]:
    """Yield the paragraphs that differ; an edited one is shown as one change, not as two."""
    for operation, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation != "equal":
            yield from _aligned(old[i1:i2], new[j1:j2], i1 + 1, j1 + 1)


def _aligned(old: Sequence[str], new: Sequence[str], first_old: int, first_new: int) -> Iterator[ParagraphChange]:
    partners = _partners(old, new)
    waiting = 0
    for n, text in enumerate(new):
        partner = partners.get(n)
        if partner is None:
            if text:
                yield ParagraphChange(number=first_new + n, old=None, new=text)
            continue
        for o in range(waiting, partner):
            if old[o]:
                yield ParagraphChange(number=first_old + o, old=old[o], new=None)
        waiting = partner + 1
        if old[partner] != text:
            words = compare_words(old[partner], text)
            yield ParagraphChange(number=first_new + n, old=old[partner], new=text, words=words)
    for o in range(waiting, len(old)):
        if old[o]:
            yield ParagraphChange(number=first_old + o, old=old[o], new=None)


def _partners(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Return for each new paragraph the old one that it is an edit of; in order, none twice.

    The best chain by likeness, by dynamic programming: greedy pairing crosses over where
    two paragraphs swap a sentence.
    """
    likeness = [[_likeness(a, b) for b in new] for a in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            pair = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] >= SIMILAR else 0.0
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    partners: dict[int, int] = {}
    i = j = 0
    while i < len(old) and j < len(new):
        if likeness[i][j] >= SIMILAR and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            partners[j] = i
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return partners


def _likeness(old: str, new: str) -> float:
    return SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio()


def compare_quotes(old: Sequence[Quote], new: Sequence[Quote]) -> tuple[tuple[Quote, ...], tuple[Quote, ...]]:
    """Return the quotes that went and those that came; where a quote stands does not matter."""
    known = {quote.text for quote in old}
    now = {quote.text for quote in new}
    return tuple(q for q in old if q.text not in now), tuple(q for q in new if q.text not in known)


def _field_changes(old: dict[str, str | None], new: dict[str, str | None]) -> Iterator[FieldChange]:
    for field in _TEXTS:
        if old[field] != new[field]:
            words = compare_words(old[field] or "", new[field] or "") if old[field] and new[field] else ()
            yield FieldChange(field=field, old=old[field], new=new[field], words=words)
    for field in _LISTS:
        before, after = _listed(old[field]), _listed(new[field])
        if before != after:
            yield FieldChange(
                field=field,
                old=old[field],
                new=new[field],
                removed=tuple(value for value in before if value not in after),
                added=tuple(value for value in after if value not in before),
            )


def _listed(text: str | None) -> list[str]:
    """Return the values of a JSON list; a link is its address with its words."""
    values = json.loads(text or "[]")
    return [f"{v[0]} ({v[1]})" if isinstance(v, list) and v[1] else v[0] if isinstance(v, list) else v for v in values]
