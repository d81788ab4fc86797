"""What becomes of an address, and when it is due again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from scrapy.exceptions import IgnoreRequest

from cpsscrape.archive import frontier
from cpsscrape.archive.absences import note_absence
from cpsscrape.archive.captures import save_capture
from cpsscrape.exceptions import ListingPageError, SoftNotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cpsscrape.exceptions import ParseError
    from cpsscrape.items import FetchedPage
    from cpsscrape.session import Session

# A daily job does not start at the same second every day: due a little before the full interval.
SLACK = 0.9
LISTED = "redirect to a listing"
ASK_AGAIN = timedelta(days=1)  # for what was gone or refused: a 403 may be a bad day of the site


def due_after(published_on: str | None, seen_at: str, intervals: RecheckIntervals) -> str:
    """Return when an article is to be fetched again: the older the story, the later."""
    seen = datetime.fromisoformat(seen_at)
    published = datetime.combine(date.fromisoformat(published_on), datetime.min.time(), UTC) if published_on else seen
    age = (seen - published).days
    return _stamp(seen + timedelta(days=intervals.days_for(age) * SLACK))


class RecheckIntervals:
    """How many days pass between two looks at an article, by its age in days."""

    def __init__(
        self, recent_days: int = 30, old_days: int = 365, *, every: tuple[float, float, float] = (1, 7, 30)
    ) -> None:
        self._recent_days = recent_days
        self._old_days = old_days
        self._every = every

    def days_for(self, age: int) -> float:
        """Return the interval for an article ``age`` days old."""
        if age <= self._recent_days:
            return self._every[0]
        return self._every[1] if age <= self._old_days else self._every[2]


def settle_unreadable(session: Session, page: FetchedPage, error: ParseError) -> None:
    """Account for a page that is no article: gone if it says so, else failed by its name."""
    state: frontier.State = "gone" if isinstance(error, SoftNotFoundError | ListingPageError) else "failed"
    reason = type(error).__name__
    urls = (page.url, *page.requested_urls)
    with session.transaction() as db:
        capture_id = save_capture(db, page.capture, session.run.id)
        if state == "gone":
            note_absence(db, urls, page.capture, capture_id, reason)
    settle_all(session, urls, state, reason=reason)


def settle_all(
    session: Session,
    urls: Iterable[str],
    state: frontier.State,
    *,
    reason: str | None = None,
    due_at: str | None = None,
) -> None:
    """Give every one of these addresses that is in the frontier the same outcome."""
    if state in {"gone", "refused"} and due_at is None:
        due_at = _stamp(datetime.now(UTC) + ASK_AGAIN * SLACK)
    with session.transaction() as db:
        for url in dict.fromkeys(urls):
            frontier.settle(db, url, state, session.run, reason=reason, due_at=due_at)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def status_outcome(status: int) -> tuple[frontier.State, str]:
    """Return what the status of an answer that is no story means for the story's address."""
    if status in {200, 304}:
        return "gone", LISTED
    if status in {404, 410}:
        return "gone", f"status {status}"
    if status in {401, 403, 407, 451}:
        return "refused", f"status {status}"
    return "failed", f"status {status}"


def failure_outcome(error: BaseException | None) -> tuple[frontier.State, str]:
    """Return what an exception of the downloader means for an address, in a few words."""
    reason = getattr(error, "reason", None)
    if isinstance(error, IgnoreRequest):
        text = str(error)
        if isinstance(reason, str):
            return "refused", reason
        if "Forbidden by robots.txt" in text:
            return "refused", "robots.txt"
        return "failed", next((said for words, said in _IGNORED.items() if words in text), text or "ignored")
    return "failed", _PLAIN.get(type(error).__name__, type(error).__name__)


_PLAIN = {
    "DownloadTimeoutError": "timeout",
    "DownloadConnectionRefusedError": "connection refused",
    "DownloadCancelledError": "too large",
    "ResponseDataLossError": "cut off",
    "CannotResolveHostError": "unknown host",
    "DownloadFailedError": "connection lost",
    "error": "broken content coding",  # zlib.error
}
_IGNORED = {
    "max redirections": "redirect loop",
    "during decompression": "decompression bomb",
}
