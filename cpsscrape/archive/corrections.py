"""A person's corrections: data in ``corrections.csv``, applied after every reading.

Columns ``key``, ``field``, ``value``, ``why``. ``key`` is ``node/12728`` or an address for a field
of an article, a quote's key for a field of a quote; an empty value means "not known". Versions
stay as the page has them: a correction is ours, not an edit of the CPS.
"""

from __future__ import annotations

import csv
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpsscrape.archive.identity import article_at
from cpsscrape.normalise.urls import canonical_url, node_id_of

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

logger = logging.getLogger(__name__)

FILE = "corrections.csv"
ARTICLE_FIELDS = ("headline", "update_label", "teaser", "content_type", "published_on", "updated_on", "language")
QUOTE_FIELDS = ("kind", "cue")
SPEAKER_FIELDS = ("speaker", "role", "organisation")
RULE = "correction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One row of the file."""

    key: str
    field: str
    value: str | None
    why: str | None


def read_corrections(folder: Path) -> list[Correction]:
    """Read the file; a row that names no known field is reported and skipped."""
    path = folder / FILE
    if not path.exists():
        return []
    rows = []
    with path.open(encoding="utf-8-sig", newline="") as source:
        for row in csv.DictReader(source):
            key, field = (row.get("key") or "").strip(), (row.get("field") or "").strip()
            if not key or field not in (*ARTICLE_FIELDS, *QUOTE_FIELDS, *SPEAKER_FIELDS):
                logger.warning("%s: %r of %r cannot be corrected; the row is skipped", path, field, key)
                continue
            value, why = (row.get("value") or "").strip(), (row.get("why") or "").strip()
            rows.append(Correction(key=key, field=field, value=value or None, why=why or None))
    return rows


def sync_corrections(db: Database, folder: Path, *, site: str) -> None:
    """Make the table ``corrections`` what the file says, inside the caller's transaction.

    New corrections are applied at once. Where one was taken back, the article's reading is
    marked as stale, so that its next sighting or a replay writes what the page says.
    """
    wanted = {(c.key, c.field): c for c in read_corrections(folder)}
    known = {(row[0], row[1]): row[2] for row in db.conn.execute("select key, field, value from corrections")}
    for key, field in known.keys() - wanted.keys():
        db.conn.execute("delete from corrections where key = ? and field = ?", [key, field])
        _mark_stale(db, key, site)
    for place, correction in wanted.items():
        if place in known and known[place] == correction.value:
            continue
        db.conn.execute(
            "insert or replace into corrections (key, field, value, why) values (?, ?, ?, ?)",
            [correction.key, correction.field, correction.value, correction.why],
        )
        _apply(db, correction, site)


def apply_corrections(db: Database, article_id: int, *, site: str) -> None:
    """Apply what the table says of one article and its quotes, after they were written."""
    if db.conn.execute("select 1 from corrections limit 1").fetchone() is None:
        return
    rows = db.conn.execute("select key, field, value, why from corrections").fetchall()
    own = {key for (key,) in db.conn.execute("select key from quotes where article_id = ?", [article_id])}
    for key, field, value, why in rows:
        if key in own or ("@" not in key and _article_of(db, key, site) == article_id):
            _apply(db, Correction(key=key, field=field, value=value, why=why), site)


def _apply(db: Database, correction: Correction, site: str) -> None:
    key, field, value = correction.key, correction.field, correction.value
    if field in ARTICLE_FIELDS:
        article_id = _article_of(db, key, site)
        if value is not None or field not in {"headline", "language"}:
            db.conn.execute(f"update articles set {field} = ? where id = ?", [value, article_id])
        return
    row = db.conn.execute("select id, article_id from quotes where key = ?", [key]).fetchone()
    if row is None:
        return
    if field == "speaker":
        _correct_speaker(db, row[0], row[1], value)
    elif field in SPEAKER_FIELDS:
        db.conn.execute(f"update quote_speakers set {field} = ? where quote_id = ? and position = 1", [value, row[0]])
    else:
        db.conn.execute(f"update quotes set {field} = ? where id = ?", [value, row[0]])
    db.conn.execute("update quotes set rule = ? where id = ?", [RULE, row[0]])


def _correct_speaker(db: Database, quote_id: int, article_id: int, name: str | None) -> None:
    if name is None:
        db.conn.execute("delete from quote_speakers where quote_id = ?", [quote_id])
        return
    found = db.conn.execute(
        "select id from speakers where name = ? and (article_id = ? or article_id is null) order by article_id limit 1",
        [name, article_id],
    ).fetchone()
    if found is None:
        cursor = db.conn.execute(
            "insert into speakers (name, kind, article_id) values (?, 'person', ?)", [name, article_id]
        )
        found = (cursor.lastrowid,)
    db.conn.execute(
        "insert into quote_speakers (quote_id, position, speaker_id, mention, resolution) "
        "values (?, 1, ?, ?, 'explicit') "
        "on conflict (quote_id, position) do update set speaker_id = excluded.speaker_id",
        [quote_id, found[0], name],
    )


def _article_of(db: Database, key: str, site: str) -> int | None:
    url = key if "://" in key else f"{site}/{key.lstrip('/')}"
    node_id = node_id_of(url)
    if node_id is not None:
        row = db.conn.execute("select id from articles where node_id = ?", [node_id]).fetchone()
        return int(row[0]) if row else None
    return article_at(db, canonical_url(url, site))


def _mark_stale(db: Database, key: str, site: str) -> None:
    row = db.conn.execute("select article_id from quotes where key = ?", [key]).fetchone()
    article_id = row[0] if row else _article_of(db, key, site)
    db.conn.execute("update articles set reading_digest = '' where id = ?", [article_id])
