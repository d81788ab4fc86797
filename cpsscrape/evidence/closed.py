"""The closed WARC files against the manifest that states their sizes and digests."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from cpsscrape.findings import Finding
from cpsscrape.warc.checking import file_digest
from cpsscrape.warc.segments import MANIFEST, manifest_bytes, read_manifest

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from cpsscrape.warc.segments import Segment

COPY = "restore the file from a copy of the archive; what else it holds can still be read"


def check_manifest(folder: Path) -> Generator[Finding, None, dict[str, Segment]]:
    """Yield what is wrong with the closed files; the result is what the manifest says of them.

    The digest of the whole file also covers bytes that decompression ignores, such as the
    time and the system in a gzip header.
    """
    path = folder / MANIFEST
    place = f"{folder.name}/{MANIFEST}"
    if not path.exists():
        if any(folder.glob("*.warc.gz")):
            yield Finding(place=place, what="is missing", remedy="restore it from a copy, else start any command")
        return {}
    try:
        closed = read_manifest(folder)
    except (UnicodeDecodeError, KeyError, csv.Error) as error:
        yield Finding(place=place, what=f"cannot be read ({error!r})", remedy="restore it from a copy of the archive")
        return {}
    if path.read_bytes() != manifest_bytes(closed):
        yield Finding(place=place, what="is not as this program writes it", remedy="restore it from a copy")
    for segment in closed.values():
        yield from _segment(folder, segment)
    return closed


def _segment(folder: Path, segment: Segment) -> Generator[Finding, None, None]:
    path = folder / segment.file
    if not path.is_file():
        yield Finding(place=segment.file, what="is in the manifest and not on the disk", remedy=COPY)
        return
    size = path.stat().st_size
    if size != segment.bytes:
        yield Finding(place=segment.file, what=f"has {size} bytes, {segment.bytes} when it was closed", remedy=COPY)
    elif file_digest(path) != segment.sha256:
        yield Finding(place=segment.file, what="its bytes differ from those of its closing (sha256)", remedy=COPY)
