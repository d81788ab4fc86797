"""One run on one archive: its database, its WARC writer, and the row in ``runs`` it leaves.

Registered as a Scrapy extension, so that middlewares, pipelines and spiders of one crawl
share it: ``crawler.get_extension(Session)``.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

import scrapy
from scrapy import signals
from scrapy.exceptions import CloseSpider, DropItem

from cpsscrape import __version__
from cpsscrape.archive.captures import latest_answer, save_capture
from cpsscrape.archive.corrections import sync_corrections
from cpsscrape.archive.database import Archive, named_errors, site_of
from cpsscrape.archive.erasure import finish_withdrawals
from cpsscrape.archive.runs import Run, begin_run, note_problems
from cpsscrape.configuration import data_folder
from cpsscrape.evidence.purge import finish_purge
from cpsscrape.exceptions import ArchiveError
from cpsscrape.normalise.urls import SITE
from cpsscrape.recovery import recover_evidence
from cpsscrape.warc.segments import highest_run
from cpsscrape.warc.writer import WarcWriter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings
    from sqlite_utils import Database

    from cpsscrape.items import CaptureRef

logger = logging.getLogger(__name__)

RECONSTRUCTED = (
    "reason phrase, header case and order, the sent Host header and the absence of Transfer-Encoding "
    "are reconstructed; bodies are unchunked and still content-encoded"
)


def utc_now() -> str:
    """Return the time as the archive writes it: UTC, whole seconds, ``Z``."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class ArchiveStoppedError(ArchiveError, DropItem, CloseSpider):
    """The archive cannot be written: the crawl stops, wherever in it that was found out. Said already."""

    log_level = "DEBUG"
    reason = "archive_error"

    def __init__(self, message: str) -> None:
        Exception.__init__(self, message)


class Session:
    """Opened with the spider, closed after everything else. ``error`` says why it could not open.

    Captures wait in memory until the next transaction; a kill before it loses no evidence,
    since the next start finds the records in the WARC and makes their rows.
    """

    def __init__(self, folder: Path, *, info: dict[str, str], max_bytes: int) -> None:
        self.folder = folder
        self.error: ArchiveError | None = None
        self.problems: list[str] = []
        self.source = "live"
        self.site = SITE
        self.archive: Archive
        self.run: Run
        self._info = info
        self._max_bytes = max_bytes
        self._unsaved: list[CaptureRef] = []
        self._writer: WarcWriter | None = None
        self.is_open = False
        self._fresh: Database | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one from the crawl's settings."""
        settings = crawler.settings
        session = cls(
            data_folder(settings["CPS_DATA_DIR"]),
            info=warc_info(settings),
            max_bytes=settings.getint("CPS_WARC_SEGMENT_BYTES"),
        )
        session._crawler = crawler  # its own attribute
        crawler.signals.connect(session.spider_opened, signal=signals.spider_opened)
        return session

    _crawler: Crawler

    def spider_opened(self, spider: scrapy.Spider) -> None:
        """Open the archive and begin the run; when that fails, say so in one line and stop."""
        try:
            self.open(
                spider.name,
                getattr(spider, "arguments", {}),
                site=getattr(spider, "site", None),
                source=getattr(spider, "source_name", "live"),
            )
        except ArchiveError as error:
            self.error = error
            self.fail(self._crawler, str(error))
        except OSError as error:  # the folder of WARC files is no folder, or cannot be read
            self.error = ArchiveError(evidence_lost(self.archive.warc_folder, error))
            self.fail(self._crawler, str(self.error))

    def fail(self, crawler: Crawler, message: str) -> None:
        """Stop the crawl because the archive cannot be written; one line says why. Once."""
        if self._closing is None:
            self.failure = message
            logger.error("%s", message)
            assert crawler.engine is not None
            self._closing = asyncio.ensure_future(crawler.engine.close_spider_async(reason="archive_error"))

    _closing: asyncio.Future[None] | None = None
    failure: str | None = None

    def open(self, spider: str, arguments: dict[str, Any], *, site: str | None, source: str = "live") -> None:
        """Take the lock, migrate, repair what a kill left behind, and begin a run."""
        self.source = source
        self.archive = Archive(self.folder, site=site)
        self.site = site_of(self.archive.db) or SITE
        try:
            with named_errors(self.folder):
                finish_purge(self.archive)
                recover_evidence(self.archive)
                for program in finish_withdrawals(self.archive):
                    logger.warning("Deleted text may still be in the bytes of the database: %s holds it open.", program)
                with self.archive.db.atomic():
                    sync_corrections(self.db, self.folder, site=self.site)
                    above = highest_run(self.archive.warc_folder)
                    self.run = begin_run(self.db, spider, arguments, utc_now(), __version__, above=above)
            self.is_open = True
        except BaseException:
            self.archive.close()
            raise

    @property
    def db(self) -> Database:
        """The database this run writes to: the archive's, or the fresh one of a rebuild."""
        return self._fresh if self._fresh is not None else self.archive.db

    def redirect_to(self, fresh: Database | None) -> None:
        """Write to a fresh database from now on, or with None to the archive's again."""
        self._fresh = fresh

    @property
    def writer(self) -> WarcWriter:
        """The run's WARC writer; its first file is made by its first record."""
        if self._writer is None:
            stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
            self._writer = WarcWriter(
                self.archive.warc_folder,
                name=f"cps-{stamp}-{self.run.id:06d}",
                info=self._info | {"cps-site": self.site, "cps-source": self.source, "cps-run": str(self.run.id)},
                max_bytes=self._max_bytes,
                before_close=self._save_captures,
            )
            self.archive.warc_folder.mkdir(parents=True, exist_ok=True)
        return self._writer

    def remember(self, capture: CaptureRef) -> None:
        """Keep a capture's row for the next transaction."""
        self._unsaved.append(capture)

    def last_answer(self, url: str) -> CaptureRef | None:
        """Return the newest full answer of an address, also one whose row still waits."""
        waiting = [c for c in self._unsaved if c.url == url and c.status == 200]
        return waiting[-1] if waiting else latest_answer(self.db, url)

    @contextmanager
    def transaction(self, of: CaptureRef | None = None) -> Iterator[Database]:
        """One change of the archive, whole or not at all, with the rows of all captures so far.

        ``of`` is the capture that the change was read from; a later one, whose record is still on its way to the
        disk, is then not waited for: the next transaction makes its row.
        An archive that cannot be written stops the crawl: ArchiveStoppedError, after the one line that says why.
        A transaction inside another one is a part of it.
        """
        if self.db.conn.in_transaction:
            yield self.db
            return
        try:
            kept = self._on_disk(of)
            with named_errors(self.folder), self.db.atomic():
                for capture in kept:
                    save_capture(self.db, capture, self.run.id)
                yield self.db
        except ArchiveStoppedError:
            raise
        except ArchiveError as error:
            self.fail(self._crawler, str(error))
            raise ArchiveStoppedError(str(error)) from error
        del self._unsaved[: len(kept)]

    def _save_captures(self) -> None:
        """Give every record its row before its file is closed: a start looks only at open ones."""
        if self._unsaved:
            with self.transaction():
                pass

    def _on_disk(self, of: CaptureRef | None) -> list[CaptureRef]:
        """WARC first, on the disk, then the rows that point into it: the captures that can have theirs now."""
        if self._writer is not None:
            if of is not None and self._writer.is_flushing and self._unsaved and self._unsaved[-1] != of:
                return self._unsaved[:-1]
            try:
                self._writer.sync()
            except OSError as error:
                raise ArchiveError(evidence_lost(self.archive.warc_folder, error)) from error
        return self._unsaved[:]

    def problem(self, text: str) -> None:
        """Note once why this run is not healthy, at once in the database too."""
        if text not in self.problems:
            self.problems.append(text)
            with self.transaction():
                note_problems(self.db, self.run, self.problems)

    def close(self) -> None:
        """Close the WARC segment and the database; a second call does nothing."""
        if not self.is_open:
            return
        self.is_open = False
        try:
            if self._writer is not None:
                self._writer.finish()
        finally:
            self.archive.close()


def evidence_lost(folder: Path, error: OSError) -> str:
    """Say that the WARC cannot be written, and what to do."""
    return (
        f"the evidence cannot be written to {folder} ({error.strerror}): "
        "make room or mend the folder, then start again with the same command."
    )


def warc_info(settings: BaseSettings) -> dict[str, str]:
    """Return what ``warcinfo`` says of a run: software, operator, robots policy, reconstruction."""
    return {
        "software": f"cpsscrape/{__version__} Scrapy/{scrapy.__version__}",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "operator": settings.get("CPS_CONTACT") or "not given",
        "robots": "obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
        "http-header-user-agent": settings["USER_AGENT"],
        "description": f"News of the Crown Prosecution Service. Note: {RECONSTRUCTED}.",
    }
