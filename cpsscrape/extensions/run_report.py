"""Ends a run: decides its health, writes its row, closes the archive, says why in one line."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals

from cpsscrape.archive.absences import judge_absences
from cpsscrape.archive.runs import end_run
from cpsscrape.exceptions import ArchiveError
from cpsscrape.health import Limits, problems_of, rates
from cpsscrape.session import Session, utc_now

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


class RunReport:
    """``healthy`` is None until the run has ended; the command's exit status follows it."""

    def __init__(self, crawler: Crawler, limits: Limits, *, gone_after: float) -> None:
        self._crawler = crawler
        self._limits = limits
        self._gone_after = gone_after
        self.healthy: bool | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one from the crawl's settings."""
        settings = crawler.settings
        report = cls(
            crawler,
            Limits(
                missing=settings.getfloat("CPS_HEALTH_MISSING"),
                pages=settings.getint("CPS_HEALTH_PAGES"),
                fall=settings.getfloat("CPS_HEALTH_FALL"),
            ),
            gone_after=settings.getfloat("CPS_GONE_AFTER_DAYS"),
        )
        crawler.signals.connect(report.spider_closed, signal=signals.spider_closed)
        return report

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Write what the run did. An archive that cannot be written leaves an unfinished run."""
        session = self._crawler.get_extension(Session)
        if session is None or not session.is_open:
            self.healthy = False
            return
        try:
            problems = self._write(session, spider, reason)
        except ArchiveError as error:
            problems = [session.failure or str(error)]
        finally:
            try:
                session.close()
            except (ArchiveError, OSError) as error:
                logger.error("the archive could not be closed: %s", error)  # noqa: TRY400
                problems = [str(error)]
        self.healthy = not problems
        if problems:
            more = f" (and {len(problems) - 1} more: cpsscrape report)" if len(problems) > 1 else ""
            logger.warning("This run is not healthy: %s%s", problems[0], more)
        else:
            logger.info("This run is healthy. `cpsscrape report` says what it did.")

    def _write(self, session: Session, spider: Spider, reason: str) -> list[str]:
        stats = plain_stats(self._crawler.stats.get_stats())
        problems = list(session.problems)
        find = getattr(spider, "problems", None)
        shown = getattr(spider, "shown", None)
        with session.transaction() as db:
            if getattr(spider, "judges_absences", False):
                problems += judge_absences(db, session.run.id, days=self._gone_after)
            if session.failure:
                problems.insert(0, session.failure)
            elif find is not None:
                problems += find(stats, reason)
            else:
                stats |= rates(db, session.run, stats)
                problems += list(problems_of(db, session.run, stats, reason, self._limits, shown))
            end_run(db, session.run, finished_at=utc_now(), reason=reason, problems=problems, stats=stats)
        return problems


def plain_stats(stats: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers and words of Scrapy's stats; what JSON cannot hold becomes text."""
    return {key: value if isinstance(value, int | float | str) else str(value) for key, value in stats.items()}
