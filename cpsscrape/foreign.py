"""What lies in files that somebody else made: WARC, WACZ, saved HTML, plain text, folders of them."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from cpsscrape.normalise.urls import SITE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

WARC_ENDINGS = (".warc", ".warc.gz")
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


def warc_files(sources: Iterable[Path], unpacked: Path) -> Iterator[Path]:
    """Yield the WARC files among the sources; those inside a WACZ are unpacked first."""
    for path in _files(sources):
        name = path.name.lower()
        if name.endswith(WARC_ENDINGS):
            yield path
        elif name.endswith(".wacz"):
            yield from _unpack(path, unpacked)


def saved_pages(sources: Iterable[Path]) -> Iterator[SavedPage]:
    """Yield the saved pages among the sources, in order of name."""
    for path in _files(sources):
        content_type = PAGE_TYPES.get(path.suffix.lower())
        if content_type is None:
            continue
        note = _note_beside(path)
        url = note.get("url")
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        yield SavedPage(
            path=path,
            url=url if isinstance(url, str) else _url_of_name(path),
            content_type=str(note.get("content_type") or content_type),
            fetched_at=str(note.get("fetched_at") or written.strftime("%Y-%m-%dT%H:%M:%SZ")),
        )


def _files(sources: Iterable[Path]) -> Iterator[Path]:
    for source in sources:
        if source.is_dir():
            yield from sorted(path for path in source.rglob("*") if path.is_file())
        else:
            yield source


def _note_beside(path: Path) -> dict[str, Any]:
    """Return what ``NAME.json`` or ``meta.json`` beside a page says of it, such as its ``url``."""
    for note in (path.with_suffix(".json"), path.with_name("meta.json")):
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
