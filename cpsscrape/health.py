"""Decides at the end of a run whether it was healthy. Each reason is one sentence."""

from __future__ import annotations

import json
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from cpsscrape.archive import frontier
from cpsscrape.exceptions import ParseError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlite_utils import Database

    from cpsscrape.archive.runs import Run

Stats = dict[str, Any]
UNREADABLE = frozenset(error.__name__ for error in ParseError.__subclasses__())

_ALARMS = {
    "articles listed": "cps/health/listed",
    "body length": "cps/health/body_length",
    "quotes a page": "cps/health/quotes",
    "fields filled": "cps/health/fields",
}
RUNS_COMPARED = 10
FEWEST_PAGES = 10  # rates of fewer say nothing
FEWEST_RUNS = 3  # a median of less says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The ``CPS_HEALTH_`` settings."""

    missing: float = 0.02
    pages: int = 50
    fall: float = 0.5


def problems_of(
    db: Database,
    run: Run,
    stats: Mapping[str, Any],
    reason: str,
    limits: Limits,
    shown: tuple[str, ...] | None,
) -> Iterator[str]:
    """Yield why a crawl is not healthy, gravest first. Nothing yielded means it is."""
    if reason != "finished":
        yield f"the crawl ended before its end ({reason}); the same command goes on where it stopped"
    yield from _listing_problems(db, run, stats)
    errors = stats.get("log_count/ERROR", 0) + stats.get("log_count/CRITICAL", 0)
    if errors:
        yield f"{errors} error{'s were' if errors > 1 else ' was'} logged: see the log"
    yield from _address_problems(db, run, shown if reason == "finished" else ())
    yield from _page_problems(stats, limits)
    yield from _refusal_problems(db, run, stats, limits)
    yield from _new_layouts(db, run, stats, limits)
    yield from _falls(db, run, stats, limits)


def _listing_problems(db: Database, run: Run, stats: Mapping[str, Any]) -> Iterator[str]:
    rows = db.conn.execute(
        "select url, expected, seen, complete, reason from listings where run_id = ? order by url", [run.id]
    ).fetchall()
    if not stats.get("cps/listing/pages", 0):
        reasons = sorted({row[4] for row in rows if row[4]})
        yield f"no listing could be read ({'; '.join(reasons) or 'none answered'}): is the site reachable?"
        return
    if not stats.get("cps/listing/teasers", 0):
        yield "no listing shows a single story: the site was redesigned, or stopped publishing"
    for url, expected, seen, complete, reason in rows:
        if complete or reason in frontier.LEFT_ON_PURPOSE:
            continue
        said = f"{seen} of {expected}" if expected is not None else f"{seen}"
        yield f"{url} was not read to its end: {said} seen ({reason or 'stories are missing'})"


def _address_problems(db: Database, run: Run, shown: tuple[str, ...] | None) -> Iterator[str]:
    lost = list(frontier.without_outcome(db, shown)) if shown != () else []
    if lost:
        yield f"{len(lost)} addresses have no outcome, such as {lost[0]}"
    rows = db.conn.execute(
        "select reason, count(*), min(url) from frontier where kind = 'article' and state = 'failed' "
        "and run_id = ? group by reason order by 2 desc",
        [run.id],
    ).fetchall()
    for reason, count, url in rows:
        if reason not in UNREADABLE:  # those are judged by their share of all pages
            yield f"{count} article{'s' if count > 1 else ''} could not be fetched ({reason}), such as {url}"


def _page_problems(stats: Mapping[str, Any], limits: Limits) -> Iterator[str]:
    unreadable = {k.rsplit("/", 1)[1]: v for k, v in stats.items() if k.startswith("cps/unreadable/")}
    read = sum(value for key, value in stats.items() if key.startswith("cps/layout/") and not key.endswith("/text"))
    pages = read + sum(unreadable.values())
    if pages < limits.pages:
        return
    if sum(unreadable.values()) > limits.missing * pages:
        names = ", ".join(f"{count} × {name}" for name, count in sorted(unreadable.items()))
        yield f"{sum(unreadable.values())} of {pages} pages could not be read ({names})"
    undated = stats.get("cps/missing/date_of_a_page", 0)
    if read and undated > limits.missing * read:
        yield f"{undated} of {read} pages have no date of publication"
    disagreeing = stats.get("cps/layout_disagrees", 0)
    if read and disagreeing > limits.missing * read:
        yield (
            f"on {disagreeing} of {read} pages the template's reader and the generic reader read different stories: "
            "was the site redesigned?"
        )


def _refusal_problems(db: Database, run: Run, stats: Mapping[str, Any], limits: Limits) -> Iterator[str]:
    """A site that turns the crawl away story by story: 403 for all of them is no healthy run."""
    rows = db.conn.execute(
        "select reason, count(*) from frontier where kind = 'article' and state = 'refused' and run_id = ? "
        "and reason like 'status %' group by reason order by 2 desc",
        [run.id],
    ).fetchall()
    refused = sum(count for _, count in rows)
    asked = refused + sum(value for key, value in stats.items() if key.startswith("cps/layout/"))
    if asked >= limits.pages and refused > limits.missing * asked:
        reasons = ", ".join(f"{count} × {reason}" for reason, count in rows)
        yield f"{refused} of {asked} stories were refused ({reasons}): does the site turn this crawl away?"


def _new_layouts(db: Database, run: Run, stats: Mapping[str, Any], limits: Limits) -> Iterator[str]:
    """A structure of page that no run before this one has seen.

    Nothing is new to an archive of a few stories: the first whole crawl after one with ``limit`` is healthy.
    """
    (started,) = db.conn.execute("select started_at from runs where id = ?", [run.id]).fetchone()
    (known,) = db.conn.execute("select count(*) from articles where first_seen_at < ?", [started]).fetchone()
    if known < limits.pages:
        return
    rows = db.conn.execute(
        "select fingerprint, layout, url from layouts where first_seen_at >= ? order by first_seen_at", [started]
    ).fetchall()
    for fingerprint, layout, url in rows:
        pages = stats.get(f"cps/fingerprint/{fingerprint}", 0)
        if pages:
            agreement = stats.get(f"cps/agreement/{fingerprint}", 0) / pages
            yield (
                f"{pages} page{'s' if pages > 1 else ''} in a layout not seen before, read by the {layout} reader, "
                f"agreement {agreement:.0f} %, such as {url}"
            )


def rates(db: Database, run: Run, stats: Mapping[str, Any]) -> Stats:
    """Return the figures that are compared from run to run; none where too little was read."""
    (listed,) = db.conn.execute(
        "select sum(coalesce(expected, seen)) from listings where run_id = ? and complete", [run.id]
    ).fetchone()
    found: Stats = {} if listed is None else {_ALARMS["articles listed"]: listed}
    pages = stats.get("cps/read/pages", 0)
    if pages >= FEWEST_PAGES:
        found[_ALARMS["body length"]] = stats.get("cps/read/characters", 0) / pages
        found[_ALARMS["quotes a page"]] = stats.get("cps/read/quotes", 0) / pages
        found[_ALARMS["fields filled"]] = stats.get("cps/read/fields", 0) / pages
    return found


def _falls(db: Database, run: Run, stats: Mapping[str, Any], limits: Limits) -> Iterator[str]:
    earlier = _earlier_stats(db, run)
    for name, key in _ALARMS.items():
        values = [known[key] for known in earlier if known.get(key) is not None]
        now = stats.get(key)
        if now is None or len(values) < FEWEST_RUNS:
            continue
        usual = median(values)
        if now < limits.fall * usual:
            yield f"{name} fell to {now:g}, from a median of {usual:g} in the last {len(values)} runs"


def _earlier_stats(db: Database, run: Run) -> list[Stats]:
    rows = db.conn.execute(
        "select stats from runs where spider = (select spider from runs where id = ?) and arguments = "
        "(select arguments from runs where id = ?) and id <> ? and finish_reason = 'finished' and stats is not null "
        "order by id desc limit ?",
        [run.id, run.id, run.id, RUNS_COMPARED],
    )
    return [json.loads(text) for (text,) in rows]
