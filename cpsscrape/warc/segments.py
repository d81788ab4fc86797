"""The folder of WARC files: names, the manifest of closed segments, repair after a kill."""

from __future__ import annotations

import csv
import hashlib
import io
import logging
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpsscrape.durable import replace_file
from cpsscrape.exceptions import DamagedRecordError, TruncatedRecordError
from cpsscrape.warc.members import next_member, read_members

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

logger = logging.getLogger(__name__)

MANIFEST = "manifest.csv"
SUFFIX = ".warc.gz"
_RUN = re.compile(r"^cps-\d{14}-(\d{6,})-")  # `cps-20260103060000-000012-00001.warc.gz`


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A closed WARC file: no byte of it changes any more."""

    file: str
    bytes: int
    sha256: str


def read_manifest(folder: Path) -> dict[str, Segment]:
    """Return the closed segments by file name; a torn last line (a kill) counts as absent."""
    path = folder / MANIFEST
    if not path.exists():
        return {}
    rows = csv.DictReader(io.StringIO(path.read_text("utf-8")))
    return {
        row["file"]: Segment(file=row["file"], bytes=int(row["bytes"]), sha256=row["sha256"])
        for row in rows
        if len(row.get("sha256") or "") == 64 and (row.get("bytes") or "").isdecimal()
    }


def write_manifest(folder: Path, segments: dict[str, Segment]) -> None:
    """Replace the manifest in one step: a reader sees the old one or the new one, whole."""
    replace_file(folder / MANIFEST, manifest_bytes(segments))


def manifest_bytes(segments: dict[str, Segment]) -> bytes:
    """Return the manifest of these segments, in order of their names."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(["file", "bytes", "sha256"])
    out.writerows([s.file, s.bytes, s.sha256] for _, s in sorted(segments.items()))
    return text.getvalue().encode("utf-8")


def close_segment(folder: Path, name: str) -> None:
    """Enter a finished file into the manifest with its size and digest."""
    path = folder / name
    with path.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
    segments = read_manifest(folder)
    segments[name] = Segment(file=name, bytes=path.stat().st_size, sha256=digest)
    write_manifest(folder, segments)


def segment_files(folder: Path) -> list[Path]:
    """Return the WARC files of the folder, oldest name first."""
    return sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []


def highest_run(folder: Path) -> int:
    """Return the highest number of a run that the names of the WARC files tell; 0 without any."""
    return max((int(match[1]) for path in segment_files(folder) if (match := _RUN.match(path.name))), default=0)


def repair_open_segments(folder: Path) -> Iterator[Path]:
    """Cut the torn tail that a kill left on each unclosed segment, yield it, then close it.

    Only the last, incomplete gzip member is cut: whatever was flushed whole stays. A file
    without one whole record is removed. It is closed last, when its reader is done with it:
    a kill before that finds it open again, and no record goes without its row.
    """
    closed = read_manifest(folder)
    for path in segment_files(folder):
        if path.name in closed:
            continue
        end = _end_of_last_whole_member(path)
        size = path.stat().st_size
        if end == 0:
            logger.warning("%s holds no whole record (%d bytes); removed", path.name, size)
            path.unlink()
            continue
        if end < size:
            logger.warning("%s ended inside a record; its last %d bytes are cut off", path.name, size - end)
            os.truncate(path, end)
        yield path
        close_segment(folder, path.name)


def _end_of_last_whole_member(path: Path) -> int:
    end = 0
    start: int | None = 0
    while start is not None:
        try:
            for member in read_members(path, start):
                end = member.offset + member.length
            start = None
        except TruncatedRecordError:
            start = None
        except DamagedRecordError as error:  # damage in the middle is no torn tail: what follows it stays
            start = next_member(path, error.offset or 0)
    return end
