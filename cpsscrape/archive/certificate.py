"""What a run was asked, found, stored and missed: the facts behind ``cpsscrape report``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cpsscrape.exceptions import UnknownArticleError

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """One run. ``healthy`` is None for a run that was cut off; ``missing`` holds (address, reason)."""

    run: dict[str, Any]
    listings: list[dict[str, Any]]
    stored: dict[str, int]
    outcomes: list[tuple[str, str, int]]
    missing: list[tuple[str, str]]
    left: dict[str, int]

    @property
    def healthy(self) -> bool | None:
        """The run's own judgement."""
        value = self.run["healthy"]
        return None if value is None else bool(value)

    def as_dict(self) -> dict[str, Any]:
        """Return the certificate as JSON holds it."""
        return {
            "run": self.run,
            "listings": self.listings,
            "stored": self.stored,
            "outcomes": [{"state": state, "reason": reason, "addresses": n} for state, reason, n in self.outcomes],
            "missing": [{"url": url, "reason": reason} for url, reason in self.missing],
            "left_on_purpose": self.left,
        }


def certificate_of(db: Database, run_id: int | None = None) -> Certificate:
    """Return the certificate of a run, by default the last one."""
    run = _run(db, run_id)
    listings = list(
        db.query(
            "select url, label, expected, seen, new, pages, complete, reason from listings "
            "where run_id = ? order by url",
            [run["id"]],
        )
    )
    stats = run["stats"]
    return Certificate(
        run=run,
        listings=listings,
        stored={
            name: stats.get(f"cps/store/{name}", 0) for name in ("new", "changed", "reread", "unchanged", "withdrawn")
        },
        outcomes=[
            tuple(row)
            for row in db.execute(
                "select state, coalesce(reason, ''), count(*) from frontier where kind = 'article' and run_id = ? "
                "and state in ('gone', 'refused', 'failed') group by 1, 2 order by 3 desc",
                [run["id"]],
            )
        ],
        missing=[
            (row[0], row[1])
            for row in db.execute(
                "select url, coalesce(reason, 'no outcome') from frontier where kind = 'article' and "
                "((state = 'failed' and run_id = ?) or (state = 'pending' and reason is null)) order by url",
                [run["id"]],
            )
        ],
        left={
            row[0]: row[1]
            for row in db.execute(
                "select reason, count(*) from frontier where kind = 'article' and state = 'pending' "
                "and reason is not null and run_id = ? group by reason",
                [run["id"]],
            )
        },
    )


def _run(db: Database, run_id: int | None) -> dict[str, Any]:
    where, values = ("where id = ?", [run_id]) if run_id is not None else ("", [])
    rows = list(db.query(f"select * from runs {where} order by id desc limit 1", values))
    if not rows:
        message = "there is no such run" if run_id is not None else "nothing has been crawled into this archive yet"
        raise UnknownArticleError(f"{message}. `scrapy crawl news` makes one.")
    run = rows[0]
    for name, empty in (("arguments", "{}"), ("problems", "[]"), ("stats", "{}")):
        run[name] = json.loads(run[name] or empty)
    return run
