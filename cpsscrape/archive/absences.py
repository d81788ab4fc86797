"""Stories that were not at their own address: evidence first, judgement at the end of a run."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

    from cpsscrape.items import CaptureRef

# One outage must not sweep the archive: more absences than this in one run are no removals.
FEW = 5
SHARE = 0.2


def note_absence(db: Database, urls: Sequence[str], capture: CaptureRef, capture_id: int, reason: str) -> None:
    """Record that the article at one of these addresses was not there. Nothing is judged yet."""
    marks = ", ".join("?" for _ in urls)
    db.conn.execute(
        "insert or ignore into absences (article_id, run_id, seen_at, reason, capture_id) "
        "select distinct article_id, (select run_id from captures where id = ? and source = 'live'), ?, ?, ? "
        f"from article_urls where url in ({marks})",
        [capture_id, capture.fetched_at, reason, capture_id, *urls],
    )


def judge_absences(db: Database, run_id: int | None, *, days: float) -> list[str]:
    """Set ``gone_at`` where an article was absent in two runs at least ``days`` apart and not seen since.

    ``gone_at`` is the first of these absences, also of one that a web archive's capture brings
    later. Returns the problem, if so many articles were absent at once that the site is to be
    doubted; then none is judged, and what that run saw is no evidence for a later one. Without
    a run the absences that web archives recorded are judged.
    """
    if run_id is not None and (absent := _outage(db, run_id)):
        return [f"{absent} known articles were absent at once: none is taken for removed. Is the site in order?"]
    runs = db.conn.execute(
        "select distinct run_id from absences where run_id is not null and article_id in "
        "(select article_id from absences where run_id is ?)",
        [run_id],
    )
    doubted = [number for (number,) in runs.fetchall() if _outage(db, number)]
    rows = db.conn.execute(
        "select x.article_id, min(x.seen_at), max(x.seen_at), count(distinct coalesce(x.run_id, x.seen_at)) "
        "from absences x join articles a on a.id = x.article_id "
        f"where x.seen_at > a.last_seen_at and coalesce(x.run_id, 0) not in ({', '.join('?' for _ in doubted)}) "
        "and x.article_id in (select article_id from absences where run_id is ?) group by x.article_id",
        [*doubted, run_id],
    ).fetchall()
    for article_id, first, last, runs in rows:
        apart = datetime.fromisoformat(last) - datetime.fromisoformat(first)
        if runs > 1 and apart >= timedelta(days=days):
            db.conn.execute("update articles set gone_at = ? where id = ?", [first, article_id])
    return []


def _outage(db: Database, run_id: int) -> int:
    """How many articles were absent in a run, if they are too many to be removals; else 0."""
    (absent,) = db.conn.execute("select count(distinct article_id) from absences where run_id = ?", [run_id]).fetchone()
    if absent <= FEW:
        return 0
    (answered,) = db.conn.execute(
        "select count(*) from captures where run_id = ? and status in (200, 304, 404, 410)", [run_id]
    ).fetchone()
    return int(absent) if absent > SHARE * answered else 0
