"""One row of ``runs`` for each crawl, replay or backfill."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlite_utils import Database

COMPLETE = "finished"  # Scrapy's own word for a crawl that came to its end
UNKNOWN = "unknown"  # of a run whose row was lost with its database


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run that has begun. ``family`` is its id and those of the unfinished runs it resumes."""

    id: int
    family: tuple[int, ...]


def begin_run(
    db: Database,
    spider: str,
    arguments: Mapping[str, object],
    started_at: str,
    version: str,
    *,
    above: int = 0,
) -> Run:
    """Begin a run inside the caller's transaction.

    When the last run of this spider was cut off (killed, or stopped by Ctrl-C) and had the same
    arguments, this one resumes it: what that run finished is not asked for again. ``above`` is
    the highest number that the evidence knows of: a new database does not give it again.
    """
    text = json.dumps(arguments, sort_keys=True, ensure_ascii=False)
    row = db.conn.execute(
        "select id, arguments, finish_reason from runs where spider = ? order by id desc limit 1", [spider]
    ).fetchone()
    resumes = row[0] if row and row[1] == text and row[2] != COMPLETE else None
    cursor = db.conn.execute(
        "insert into runs (id, spider, arguments, started_at, version, resumes) "
        "values ((select max(?, coalesce(max(id), 0)) + 1 from runs), ?, ?, ?, ?, ?)",
        [above, spider, text, started_at, version, resumes],
    )
    assert cursor.lastrowid is not None
    return Run(id=cursor.lastrowid, family=(cursor.lastrowid, *_chain(db, resumes)))


def _chain(db: Database, run_id: int | None) -> tuple[int, ...]:
    chain: list[int] = []
    while run_id is not None:
        chain.append(run_id)
        (run_id,) = db.conn.execute("select resumes from runs where id = ?", [run_id]).fetchone()
    return tuple(chain)


def restore_run(db: Database, number: int, spider: str, started_at: str, version: str) -> None:
    """Make the row of a run that only its WARC files tell of; how it ended is not known."""
    db.conn.execute(
        "insert into runs (id, spider, arguments, started_at, finish_reason, version) values (?, ?, '{}', ?, ?, ?) "
        "on conflict (id) do nothing",
        [number, spider, started_at, UNKNOWN, version],
    )


def end_run(
    db: Database,
    run: Run,
    *,
    finished_at: str,
    reason: str,
    problems: Sequence[str],
    stats: Mapping[str, object],
) -> None:
    """Write how the run ended; ``reason`` is Scrapy's finish reason. No problems means healthy."""
    db.conn.execute(
        "update runs set finished_at = ?, finish_reason = ?, healthy = ?, problems = ?, stats = ? where id = ?",
        [
            finished_at,
            reason,
            int(not problems),
            json.dumps(list(problems), ensure_ascii=False),
            json.dumps(stats, sort_keys=True, default=str, ensure_ascii=False),
            run.id,
        ],
    )


def note_problems(db: Database, run: Run, problems: Sequence[str]) -> None:
    """Write the problems known so far, so that a killed run does not look like a healthy one."""
    db.conn.execute(
        "update runs set problems = ? where id = ?", [json.dumps(list(problems), ensure_ascii=False), run.id]
    )
