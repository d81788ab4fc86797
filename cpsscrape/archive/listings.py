"""What the listings say: one row per teaser and listing, and one per walk of a listing."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpsscrape.items import Teaser
from cpsscrape.normalise.areas import area_by_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlite_utils import Database

    from cpsscrape.archive.runs import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """What one run saw of one listing; the certificate of ``cpsscrape report`` is made of these."""

    url: str
    label: str | None
    expected: int | None
    seen: int
    complete: bool
    pages: int
    new: int
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """Addresses whose teaser this listing shows for the first time, or with another text."""

    new: tuple[str, ...]
    changed: tuple[str, ...]


def note_teasers(db: Database, listing: str, teasers: Iterable[Teaser], at: str) -> Noted:
    """Store a page's teasers and say which of them are new or changed in this listing.

    An older page that comes later, from another's capture, changes only since when they are known.
    """
    new: list[str] = []
    changed: list[str] = []
    for teaser in teasers:
        assert teaser.url is not None
        digest = teaser_digest(teaser)
        row = db.conn.execute(
            "select digest, last_seen_at from teasers where listing = ? and url = ?", [listing, teaser.url]
        ).fetchone()
        if row is None:
            new.append(teaser.url)
        elif row[1] > at:
            db.conn.execute(
                "update teasers set first_seen_at = min(first_seen_at, ?) where listing = ? and url = ?",
                [at, listing, teaser.url],
            )
            continue
        elif row[0] != digest:
            changed.append(teaser.url)
        db.conn.execute(
            "insert into teasers (listing, url, title, date, text, content_type, topics, areas, digest, "
            "first_seen_at, last_seen_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "on conflict (listing, url) do update set title = excluded.title, date = excluded.date, "
            "text = excluded.text, content_type = excluded.content_type, topics = excluded.topics, "
            "areas = excluded.areas, digest = excluded.digest, last_seen_at = excluded.last_seen_at",
            [
                listing,
                teaser.url,
                teaser.title,
                str(teaser.date) if teaser.date else None,
                teaser.text,
                teaser.content_type,
                json.dumps(teaser.topics, ensure_ascii=False),
                json.dumps(teaser.areas, ensure_ascii=False),
                digest,
                at,
                at,
            ],
        )
    return Noted(new=tuple(new), changed=tuple(changed))


def teaser_digest(teaser: Teaser) -> str:
    """Return a digest of all that a teaser says: any change of it is worth a look at the story."""
    said = [
        teaser.title,
        str(teaser.date or ""),
        teaser.text,
        teaser.content_type,
        teaser.topics,
        teaser.areas,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def merged_teaser(db: Database, urls: Sequence[str], *, at: str | None = None) -> Teaser | None:
    """Return what all listings together say of a story: the newest words, the union of labels.

    With ``at`` only those that had shown it by then: an older capture gets no later teaser.
    """
    marks = ", ".join("?" for _ in urls)
    rows = db.conn.execute(
        "select url, title, date, text, content_type, topics, areas from teasers "
        f"where url in ({marks}) and (? is null or first_seen_at <= ?) order by last_seen_at desc, listing, url",
        [*urls, at, at],
    ).fetchall()
    if not rows:
        return None
    first = [next((row[i] for row in rows if row[i]), None) for i in range(5)]
    return Teaser(
        url=first[0],
        title=first[1],
        date=first[2],
        text=first[3],
        content_type=first[4],
        topics=_union(row[5] for row in rows),
        areas=_union(row[6] for row in rows),
    )


def _union(lists: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({name for text in lists for name in json.loads(text)}))


def save_walk(db: Database, run: Run, walk: Walk) -> None:
    """Store what this run has seen of a listing so far."""
    db.conn.execute(
        "insert or replace into listings (run_id, url, label, expected, seen, complete, pages, new, reason) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            run.id,
            walk.url,
            walk.label,
            walk.expected,
            walk.seen,
            walk.complete,
            walk.pages,
            walk.new,
            walk.reason,
        ],
    )


def last_complete_total(db: Database, listing: str) -> int | None:
    """Return the total the listing stated when it was last known completely."""
    row = db.conn.execute(
        "select expected from listings where url = ? and complete and expected is not null "
        "order by run_id desc limit 1",
        [listing],
    ).fetchone()
    return int(row[0]) if row else None


def note_areas(db: Database, options: Iterable[tuple[int, str]]) -> None:
    """Take the names and numbers of areas from the site's own form; ours are only the fallback."""
    found = [(number, name, area_by_name(name)) for number, name in options]
    db.conn.executemany(
        "delete from areas where name = ? and id <> ? and id >= 1000 and id not in (select area_id from article_areas)",
        [(name, number) for number, name, _ in found],
    )
    db.conn.executemany(
        "insert into areas (id, slug, name) values (?, ?, ?) on conflict do nothing",
        [
            (number, known.slug if known and known.id == number else None, known.name if known else name)
            for number, name, known in found
        ],
    )


def note_topics(db: Database, names: Iterable[str]) -> None:
    """Take the names of crime types from the site's own form: the topics stories are labelled with."""
    db.conn.executemany("insert into topics (name) values (?) on conflict do nothing", [(name,) for name in names])


def teaser_is_known(db: Database, url: str) -> bool:
    """Whether any listing has shown a story at this address."""
    return db.conn.execute("select 1 from teasers where url = ? limit 1", [url]).fetchone() is not None
