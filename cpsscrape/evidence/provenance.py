"""Where a value of the archive comes from: the rule, the text around it, the record, the digest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cpsscrape.evidence.passage import passage
from cpsscrape.exceptions import UsageError

if TYPE_CHECKING:
    from sqlite_utils import Database

    from cpsscrape.evidence.passage import Passage
    from cpsscrape.items import CaptureRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """``passage`` is in the article's body or in a page's source: ``where`` says in which.

    ``capture`` is the evidence; ``correction`` is what a person put in place of the value read.
    """

    field: str
    value: Any
    rule: str
    where: str | None
    passage: Passage | None
    capture: CaptureRef | None
    reader: str
    notes: tuple[str, ...] = ()


def quote_provenance(db: Database, article_id: int, key: str, *, capture: CaptureRef, reader: str) -> Provenance:
    """Trace a quote: its rule, its place in the body, and who is said to have said it.

    Raises UsageError, naming the keys there are, for a key of no quote of this article.
    """
    row = db.conn.execute(
        "select id, text, rule, cue, attribution, kind, confidence, start, quotes.end from quotes "
        "where key = ? and article_id = ?",
        [key, article_id],
    ).fetchone()
    if row is None:
        keys = [k for (k,) in db.conn.execute("select key from quotes where article_id = ?", [article_id])]
        raise UsageError(f"no quote {key!r} in article {article_id}; it has {', '.join(keys) or 'none'}.")
    (body,) = db.conn.execute("select body from articles where id = ?", [article_id]).fetchone()
    number, text, rule, cue, attribution, kind, confidence, start, end = row
    speakers = db.conn.execute(
        "select s.name, x.mention, x.role, x.organisation, x.resolution from quote_speakers x "
        "join speakers s on s.id = x.speaker_id where x.quote_id = ? order by x.position",
        [number],
    ).fetchall()
    pieces = db.conn.execute(
        'select start, "end" from quote_pieces where quote_id = ? order by position', [number]
    ).fetchall()
    notes = [
        f"{kind}, attribution {attribution}, cue {cue!r}, confidence {confidence:.2f}",
        "pieces at " + ", ".join(f"{first}–{last}" for first, last in pieces),
        *(
            f"said by {name}: written {mention!r} ({resolution}), role {role!r}, organisation {organisation!r}"
            for name, mention, role, organisation, resolution in speakers
        ),
        *([] if speakers else ["nobody is known to have said it"]),
        *(
            f"corrected by hand: {field} is {value!r} ({why or 'no reason given'})"
            for field, value, why in db.conn.execute("select field, value, why from corrections where key = ?", [key])
        ),
    ]
    return Provenance(
        field=key,
        value=text,
        rule=rule,
        where="body",
        passage=passage(body, start, end),
        capture=capture,
        reader=reader,
        notes=tuple(notes),
    )
