"""The records that travel from fetch to store: values, frozen, without behaviour.

Field names are the column names of the archive (``docs/schema.md``). What storage gives
(ids, times, versions) is not here. Offsets are half-open, in Unicode code points, into
``Article.body``. Dates are ``YYYY-MM-DD`` strings, absent is ``None``, never an empty string.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

BlockKind = Literal["paragraph", "heading", "list_item", "table", "caption", "block_quote"]
Section = Literal["body", "case_study", "notes", "further_reading"]
Boundary = Literal["heading", "run_in", "number", "list_item", "paragraph"]
QuoteKind = Literal["direct", "partial", "indirect", "unmarked"]
Attribution = Literal["before", "after", "split", "previous_block", "inherited", "none"]
Resolution = Literal["explicit", "last_name", "first_name", "pronoun", "inherited"]
SpeakerKind = Literal["person", "anonymous", "collective"]
DateSource = Literal["teaser", "page", "metadata", "prose"]
Language = Literal["en", "cy"]


class Record:
    """What all records share: they go to the reading process and back as their values, in the order of the fields.

    What dataclasses do by themselves asks for the fields of every record again, which doubles the cost of the way.
    """

    __slots__ = ()

    def __reduce__(self) -> tuple[Callable[..., Record], tuple[Any, ...]]:
        return _with_values, (type(self), *values_of(self))


def values_of(record: Record) -> tuple[Any, ...]:
    """Return the values of a record in the order of its fields."""
    return _getter(type(record))(record)  # type: ignore[arg-type] # mypy takes no class for hashable


def _with_values(kind: type[Any], *values: Any) -> Record:
    record: Record = object.__new__(kind)
    for put, value in zip(_setters(kind), values, strict=True):  # type: ignore[arg-type] # likewise
        put(record, value)
    return record


@cache
def _getter(kind: type[Any]) -> Callable[[Record], tuple[Any, ...]]:
    return attrgetter(*(field.name for field in fields(kind)))


@cache
def _setters(kind: type[Any]) -> tuple[Callable[[Record, Any], None], ...]:
    names = (field.name for field in fields(kind))
    return tuple(getattr(kind, name).__set__ for name in names)


@dataclass(frozen=True, slots=True)
class Teaser(Record):
    """What a listing says of one story; it travels with the story's address.

    ``date`` is as printed (``09 August 2024``); an ISO date or a ``datetime.date`` is read too.
    """

    title: str | None = None
    url: str | None = None
    date: str | dt.date | None = None
    text: str | None = None
    content_type: str | None = None
    topics: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureRef(Record):
    """Where the bytes of one answer lie: the row of ``captures`` that a record points to.

    ``offset`` and ``length`` are bytes of the compressed record in ``warc_file``.
    """

    url: str
    fetched_at: str
    status: int
    mime_type: str | None
    payload_digest: str
    warc_file: str | None = None
    warc_offset: int | None = None
    warc_length: int | None = None
    source: str = "live"
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedPage(Record):
    """One answer that should be a story, with the evidence of where it came from.

    ``url`` is the address that answered, ``requested_urls`` every address that led to it,
    the first asked for first. ``body`` is decoded of its content coding, not of its charset.
    """

    url: str
    body: bytes
    capture: CaptureRef
    content_type: str | None = None
    teaser: Teaser | None = None
    requested_urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(Record):
    """A paragraph-like unit in reading order. ``start`` is None outside the body.

    ``level`` is 2 to 6 for a heading the page marks up as one, the nesting depth from 1 for
    a list item, None for everything else, pseudo-headings in bold included. ``run_in`` is how
    many characters stand in bold at the start of a paragraph that goes on in plain letters; it
    is evidence for the finders and is not stored.
    """

    kind: BlockKind
    text: str
    section: Section = "body"
    level: int | None = None
    start: int | None = None
    end: int | None = None
    run_in: int = 0


class DraftBlock(NamedTuple):
    """A block as a page reader hands it over: neither section nor offsets. Its fields are those of ``Block``."""

    kind: BlockKind
    text: str
    level: int | None = None
    run_in: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Record):
    """A link inside the story, its address absolute, in reading order from 1."""

    position: int
    url: str
    text: str | None
    section: Section


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStudy(Record):
    """A case told within a story. ``body == article.body[start:end]``; a heading stands before."""

    position: int
    title: str | None
    body: str
    start: int
    end: int
    boundary: Boundary
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker(Record):
    """Who said a quote, as far as the page says it. ``role`` and ``organisation`` are verbatim.

    ``official`` is true where the page gives the person an office to speak for: only such
    people are linked across articles.
    """

    name: str
    kind: SpeakerKind
    mention: str
    role: str | None = None
    organisation: str | None = None
    resolution: Resolution = "explicit"
    official: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotePiece(Record):
    """A contiguous part of a quote inside one block, without its outer marks."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Record):
    """One act of speech. ``text`` is its pieces joined by a blank line.

    ``start`` and ``end`` include the outer marks. ``case_study`` is the position of the case
    study it stands in. No speakers means unknown, never nobody.
    """

    position: int
    text: str
    kind: QuoteKind
    cue: str | None
    attribution: Attribution
    start: int
    end: int
    confidence: float
    rule: str
    pieces: tuple[QuotePiece, ...]
    speakers: tuple[Speaker, ...] = ()
    case_study: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedTerm(Record):
    """Words in marks that nobody is said to have uttered: scare quotes, names, titles."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Record):
    """Where one field of an article was read: the rule or selector, as ``explain`` shows it."""

    field: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Record):
    """One story as read from one capture.

    ``fingerprint`` names the page's structure, so that a template never seen before can be
    told; ``agreement`` is the share of body words on which the reader that won and the
    generic reader agree (None where the generic reader was the one, or the text has no markup).
    ``dates`` holds every publication date found, by source, so that contradictions can be counted.
    """

    url: str
    headline: str
    body: str
    language: Language
    layout: str
    word_count: int
    node_id: int | None = None
    update_label: str | None = None
    teaser: str | None = None
    content_type: str | None = None
    published_on: str | None = None
    published_on_source: DateSource | None = None
    updated_on: str | None = None
    notes_to_editors: str | None = None
    blocks: tuple[Block, ...] = ()
    case_studies: tuple[CaseStudy, ...] = ()
    quotes: tuple[Quote, ...] = ()
    quoted_terms: tuple[QuotedTerm, ...] = ()
    topics: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    aliases: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    dates: tuple[tuple[DateSource, str], ...] = ()
    fingerprint: str | None = None
    agreement: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Record):
    """A page and what was read from it: the item that passes from pipeline to pipeline.

    ``whole``: its case studies and quotes were found in the same go, beside the crawl.
    """

    page: FetchedPage
    article: Article
    whole: bool = False
