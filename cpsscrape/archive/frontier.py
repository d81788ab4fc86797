"""Which addresses are to be fetched, and what became of each: the crawl's own memory.

An address is ``pending`` until its outcome is written, in the transaction that stores what
was fetched. A crawl killed at any instant therefore finds it pending again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlite_utils import Database

    from cpsscrape.archive.runs import Run

Kind = Literal["listing", "article"]
State = Literal["done", "gone", "refused", "failed"]
LEFT_ON_PURPOSE = ("limit", "window")
NO_LISTING = "no listing answered"  # a site whose every listing fails is down: its stories wait for the next start

# What a listing's link may be instead of a story's: refused for good, also by a crawl that asks for everything.
OFF_SITE, NOT_WEB, NO_ADDRESS, A_FILE, NO_STORY = NEVER_ASKED = (
    "off site",
    "no web address",
    "no address",
    "a file",
    "no address of a story",
)

# /node/N, /cy/node/N and the national prefix of before 2026 often stand for another address.
_ALIAS = "(url like '%/node/%' or url like '%/cy/%' or url like '%/cps/news/%')"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One address to fetch."""

    url: str
    attempts: int
    discovered_at: str


def discover(db: Database, urls: Iterable[str], kind: Kind, at: str) -> None:
    """Add addresses that were never seen; those that were keep their state."""
    db.conn.executemany(
        "insert into frontier (url, kind, state, discovered_at) values (?, ?, 'pending', ?) "
        "on conflict (url) do nothing",
        [(url, kind, at) for url in urls],
    )


def ask_again(db: Database, urls: Iterable[str], run: Run) -> None:
    """Make addresses pending again, unless this run (or the one it resumes) settled them."""
    marks = _marks(run.family)
    db.conn.executemany(
        "update frontier set state = 'pending', reason = null where url = ? and "
        f"not (state in ('done', 'gone') and run_id in ({marks}))",
        [(url, *run.family) for url in urls],
    )


def requeue(db: Database, run: Run, *, now: str, everything: bool) -> None:
    """Put back at a run's start what has no good outcome, what is due, or (``everything``) all.

    What the run it resumes has finished stays finished, and what was withdrawn is not asked for.
    """
    marks = _marks(run.family)
    db.conn.execute(
        "update frontier set state = 'pending', reason = null where kind = 'article' and state = 'pending' "
        "and reason is not null"
    )
    db.conn.execute(
        "update frontier set state = 'pending', reason = null where kind = 'article' and state <> 'pending' "
        f"and not (state in ('done', 'gone', 'refused') and coalesce(run_id, 0) in ({marks})) "
        "and (state = 'failed' or ? or due_at <= ?) and url not in (select url from withdrawals) "
        f"and coalesce(reason, '') not in ({_marks(NEVER_ASKED)})",
        [*run.family, everything, now, *NEVER_ASKED],
    )


def next_pending(db: Database, listings: tuple[str, ...] | None, after: Entry | None, *, aliases: bool) -> Entry | None:
    """Return the next address to fetch, oldest discovery first; None when the queue is empty.

    With ``listings`` only addresses that one of them shows; ``aliases`` chooses between
    addresses that often stand for another one and plain ones. ``after`` is the entry
    returned before: what was passed over once is not offered again.
    """
    clauses = [
        "kind = 'article'",
        "state = 'pending'",
        "reason is null",
        f"{'' if aliases else 'not '}{_ALIAS}",
    ]
    values: list[str] = []
    if after is not None:
        clauses.append("(discovered_at, url) > (?, ?)")
        values += [after.discovered_at, after.url]
    if listings is not None:
        shown = f"select 1 from teasers where teasers.url = frontier.url and listing in ({_marks(listings)})"
        clauses.append(f"exists ({shown})")
        values += listings
    row = db.conn.execute(
        # named, since without statistics SQLite sorts all that is pending instead: 18 ms a story at 16,000
        f"select url, attempts, discovered_at from frontier indexed by frontier_queue where {' and '.join(clauses)} "
        "order by discovered_at, url limit 1",
        values,
    ).fetchone()
    return Entry(url=row[0], attempts=row[1], discovered_at=row[2]) if row else None


def count_pending(db: Database) -> int:
    """Return how many articles wait to be fetched."""
    (count,) = db.conn.execute(
        "select count(*) from frontier indexed by frontier_queue "
        "where kind = 'article' and state = 'pending' and reason is null"
    ).fetchone()
    return int(count)


def settle(
    db: Database,
    url: str,
    state: State,
    run: Run | None,
    *,
    reason: str | None = None,
    due_at: str | None = None,
) -> None:
    """Write the outcome of an attempt at an address; the caller's transaction holds what was stored with it."""
    db.conn.execute(
        "update frontier set state = ?, reason = ?, due_at = ?, run_id = ?, attempts = attempts + 1 where url = ?",
        [state, reason, due_at, run.id if run else None, url],
    )


def leave(db: Database, url: str, reason: Literal["limit", "window"], run: Run) -> None:
    """Say that an address is left unfetched on purpose; it stays pending for a later run."""
    db.conn.execute(
        "update frontier set reason = ?, run_id = ? where url = ? and state = 'pending'",
        [reason, run.id, url],
    )


def leave_rest(db: Database, run: Run, listings: tuple[str, ...] | None, *, reason: str = "limit") -> int:
    """Leave all that is still pending, by default because ``limit`` is reached; returns how many."""
    where, values = "", []
    if listings is not None:
        where = f" and url in (select url from teasers where listing in ({_marks(listings)}))"
        values = list(listings)
    cursor = db.conn.execute(
        "update frontier set reason = ?, run_id = ? where kind = 'article' and state = 'pending' "
        f"and reason is null{where}",
        [reason, run.id, *values],
    )
    return int(cursor.rowcount)


def without_outcome(db: Database, listings: tuple[str, ...] | None) -> Iterator[str]:
    """Yield the addresses this run should have settled and did not."""
    where, values = "", []
    if listings is not None:
        where = f" and url in (select url from teasers where listing in ({_marks(listings)}))"
        values = list(listings)
    for (url,) in db.conn.execute(
        f"select url from frontier where kind = 'article' and state = 'pending' and reason is null{where} order by url",
        values,
    ):
        yield url


def _marks(values: tuple[object, ...]) -> str:
    return ", ".join("?" for _ in values)
