"""What lies in files that somebody else made: WARC, WACZ, saved HTML, plain text, folders of them."""

from __future__ import annotations

import gzip
import json
import re
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from cpsscrape.exceptions import DamagedRecordError
from cpsscrape.normalise.urls import SITE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from cpsscrape.exceptions import WarcError

WARC_ENDINGS = (".warc", ".warc.gz")
_CHUNK = 1 << 16
PAGE_TYPES = {".html": "text/html", ".htm": "text/html", ".xhtml": "text/html", ".txt": "text/plain"}

# `cps-12728.txt`, `node-12728.html`: a file named by the node it shows.
_NODE_NAME = re.compile(r"^(?:cps|node)[-_]?(\d{3,7})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """A page somebody saved. ``url`` is None where neither its name nor a note beside it says it.

    ``fetched_at`` is when the file was last written: nothing else tells when it was saved.
    """

    path: Path
    url: str | None
    content_type: str
    fetched_at: str


def warc_files(sources: Iterable[Path], unpacked: Path, damaged: list[WarcError]) -> Iterator[Path]:
    """Yield the WARC files among the sources; those inside a WACZ are unpacked first.

    So is one that was compressed as a whole (``gzip x.warc``): its records have no place of their own.
    What cannot be opened is appended to ``damaged``.
    """
    for path in _files(sources):
        name = path.name.lower()
        if name.endswith(WARC_ENDINGS):
            yield _with_places(path, unpacked)
        elif name.endswith(".wacz"):
            try:
                for warc in _unpack(path, unpacked):
                    yield _with_places(warc, unpacked)
            except (zipfile.BadZipFile, zlib.error, EOFError) as error:
                message = f"{path.name} is no whole WACZ ({error}): fetch or pack it again."
                damaged.append(DamagedRecordError(message, path=path, offset=0))


def _with_places(path: Path, unpacked: Path) -> Path:
    return _inflate(path, unpacked) if path.name.lower().endswith(".gz") and _is_one_member(path) else path


def _is_one_member(path: Path) -> bool:
    """Whether the file's first gzip member holds more than one record."""
    inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        with path.open("rb") as source:
            start = inflate.decompress(source.read(_CHUNK), _CHUNK)
            head, _, _ = start.partition(b"\r\n\r\n")
            length = re.search(rb"^Content-Length:\s*(\d+)", head, re.MULTILINE | re.IGNORECASE)
            if not start.startswith(b"WARC/") or length is None:
                return False
            wanted = len(head) + 4 + int(length[1]) + 4 + 5
            while len(start) < wanted and not inflate.eof:
                chunk = inflate.unconsumed_tail or source.read(_CHUNK)
                if not chunk:
                    return False
                start += inflate.decompress(chunk, wanted - len(start))
    except zlib.error:
        return False
    return start[wanted - 5 : wanted] == b"WARC/"


def _inflate(path: Path, folder: Path) -> Path:
    """Decompress a file as far as it goes; what is cut off is reported by who reads the records."""
    target = folder / f"{len(list(folder.iterdir()))}-{path.name.removesuffix('.gz')}"
    with gzip.open(path) as source, target.open("wb") as out, suppress(EOFError, zlib.error, gzip.BadGzipFile):
        while chunk := source.read(_CHUNK):
            out.write(chunk)
    return target


def saved_pages(sources: Iterable[Path]) -> Iterator[SavedPage]:
    """Yield the saved pages among the sources, in the order in which they were saved, then by name."""
    pages = [_saved(path) for path in _files(sources) if path.suffix.lower() in PAGE_TYPES]
    yield from sorted(pages, key=lambda page: (page.fetched_at, page.path))


def _saved(path: Path) -> SavedPage:
    note = _note_beside(path)
    url = note.get("url")
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return SavedPage(
        path=path,
        url=url if isinstance(url, str) else _url_of_name(path),
        content_type=str(note.get("content_type") or PAGE_TYPES[path.suffix.lower()]),
        fetched_at=(_moment(note.get("fetched_at")) or written).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def _moment(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _files(sources: Iterable[Path]) -> Iterator[Path]:
    for source in sources:
        if source.is_dir():
            yield from sorted(path for path in source.rglob("*") if path.is_file())
        else:
            yield source


def _note_beside(path: Path) -> dict[str, Any]:
    """Return what ``NAME.json`` beside a page says of it, such as its ``url``; or ``meta.json``, if it is alone."""
    notes = [path.with_suffix(".json")]
    shared = path.with_name("meta.json")
    if shared.is_file() and sum(other.suffix.lower() in PAGE_TYPES for other in path.parent.iterdir()) == 1:
        notes.append(shared)
    for note in notes:
        if note.is_file():
            try:
                content = json.loads(note.read_text("utf-8"))
            except (ValueError, OSError):
                continue
            if isinstance(content, dict):
                return content
    return {}


def _url_of_name(path: Path) -> str | None:
    match = _NODE_NAME.match(path.stem)
    return f"{SITE}/node/{match[1]}" if match else None


def _unpack(path: Path, folder: Path) -> Iterator[Path]:
    with zipfile.ZipFile(path) as wacz:
        for number, name in enumerate(sorted(wacz.namelist())):
            if name.lower().endswith(WARC_ENDINGS):
                target = folder / f"{path.stem}-{number}-{name.rsplit('/', 1)[-1]}"
                with wacz.open(name) as source, target.open("wb") as out:
                    while chunk := source.read(1 << 20):
                        out.write(chunk)
                yield target
