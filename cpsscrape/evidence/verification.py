"""Checks WARC files, manifest, ``captures`` and the rest of the database against each other."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from cpsscrape.archive.integrity import RESTORE, broken_rows
from cpsscrape.archive.lock import writer_of
from cpsscrape.archive.withdrawals import WITHDRAWALS, Withdrawal, read_withdrawals
from cpsscrape.evidence.closed import check_manifest
from cpsscrape.evidence.deep import deep_findings
from cpsscrape.evidence.purge import JOURNAL
from cpsscrape.evidence.records import check_segment, rows_without_file
from cpsscrape.evidence.snapshot import snapshot
from cpsscrape.exceptions import ArchiveError, NoArchiveError
from cpsscrape.findings import Finding
from cpsscrape.warc.segments import segment_files

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from sqlite_utils import Database

    from cpsscrape.evidence.tally import Tally

OPEN = "start any command that writes to this archive: it completes what was interrupted"


def verify(folder: Path, tally: Tally, *, deep: bool, redact: bool) -> Iterator[Finding]:
    """Yield everything that is wrong with an archive; nothing of it is changed.

    A writer may be at work: what it has not finished is left out and noted in ``tally``.
    """
    warc = folder / "warc"
    writer = writer_of(folder)
    if (warc / JOURNAL).exists():
        yield Finding(place=JOURNAL, what="a purge was interrupted", remedy=OPEN)
    closed = yield from check_manifest(warc)
    files = segment_files(warc)
    try:
        with snapshot(folder) as db:
            writer = writer or writer_of(folder)
            broken = yield from _remembering(broken_rows(db))
            yield from _withdrawals(db, folder)
            yield from _segments(db, files, set(closed), writer, tally)
            yield from rows_without_file(db, {path.name for path in files}, writer=writer is not None)
            if deep and not broken:
                yield from deep_findings(db, folder, tally, redact=redact)
            elif deep:
                tally.notes.append("the captures were not read again: the database cannot be read as it should")
    except NoArchiveError:
        if not files:
            raise
        yield Finding(place="cps.db", what="is not there", remedy="run `scrapy crawl replay`")
        yield from _segments(None, files, set(closed), writer, tally)
    except (sqlite3.DatabaseError, ArchiveError) as error:
        yield Finding(place="cps.db", what=str(error), remedy=RESTORE)
        yield from _segments(None, files, set(closed), writer, tally)


def _remembering(findings: Iterator[Finding]) -> Generator[Finding, None, bool]:
    """Pass findings on; the result says whether the database file itself is damaged."""
    damaged = False
    for finding in findings:
        damaged = damaged or finding.remedy == RESTORE
        yield finding
    return damaged


def _segments(
    db: Database | None,
    files: list[Path],
    closed: set[str],
    writer: str | None,
    tally: Tally,
) -> Iterator[Finding]:
    tally.stage("reading WARC files", sum(path.stat().st_size for path in files))
    for path in files:
        if path.name not in closed:
            if writer is not None:
                tally.notes.append(f"{path.name} is being written ({writer}) and was not read")
                continue
            yield Finding(place=path.name, what="is not in the manifest: the run that wrote it was killed", remedy=OPEN)
        yield from check_segment(db, path, tally, running=writer is not None)


def _withdrawals(db: Database, folder: Path) -> Iterator[Finding]:
    listed = read_withdrawals(folder) or []
    columns = "url, node_id, withdrawn_at, reason"
    known = [Withdrawal(*row) for row in db.conn.execute(f"select {columns} from withdrawals")]
    if set(listed) != set(known):
        yield Finding(
            place=WITHDRAWALS,
            what="differs from the table of withdrawals",
            remedy="start any command that writes to this archive: the table is made from the file",
        )
