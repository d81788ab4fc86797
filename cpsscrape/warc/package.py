"""Writes a WACZ: WARC files with their index and pages in one ZIP file that viewers open."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zipfile
from typing import TYPE_CHECKING, Any

from cpsscrape.durable import sync_folder
from cpsscrape.warc.cdxj import cdxj_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

WACZ_VERSION = "1.1.1"
_LINES = 3000  # of the index in one compressed block, as other tools have it
_CHUNK = 1 << 20


class WaczWriter:
    """Collects the resources of one WACZ; what stands in it is listed with size and digest."""

    def __init__(self, out: zipfile.ZipFile, *, created: str) -> None:
        self._out = out
        self._created = created
        self._resources: list[dict[str, Any]] = []

    def add_file(self, path: str, source: Path, done: Callable[[int], None]) -> None:
        """Copy a file that is compressed already: stored, so that a viewer can seek in it."""
        digest, size = hashlib.sha256(), 0
        entry = self._entry(path, zipfile.ZIP_STORED)
        with source.open("rb") as data, self._out.open(entry, "w", force_zip64=True) as out:
            while chunk := data.read(_CHUNK):
                out.write(chunk)
                digest.update(chunk)
                size += len(chunk)
                done(len(chunk))
        self._list(path, digest.hexdigest(), size)

    def add_bytes(self, path: str, data: bytes, *, compress: bool) -> None:
        """Add a file that was made here."""
        self._out.writestr(self._entry(path, zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED), data)
        self._list(path, hashlib.sha256(data).hexdigest(), len(data))

    def add_index(self, lines: Iterable[str]) -> None:
        """Add the CDXJ index in compressed blocks, and the list of those blocks."""
        ordered = sorted(line.encode("utf-8") for line in lines)
        blocks, heads, offset = [], [], 0
        for first in range(0, len(ordered), _LINES):
            part = ordered[first : first + _LINES]
            block = gzip.compress(b"".join(line + b"\n" for line in part), mtime=0)
            place = {
                "offset": offset,
                "length": len(block),
                "digest": f"sha256:{hashlib.sha256(block).hexdigest()}",
            }
            key = b" ".join(part[0].split(b" ", 2)[:2])
            heads.append(key + b" " + json.dumps(place).encode("utf-8") + b"\n")
            blocks.append(block)
            offset += len(block)
        self.add_bytes("indexes/index.cdx.gz", b"".join(blocks), compress=False)
        meta = json.dumps({"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}).encode("utf-8")
        self.add_bytes("indexes/index.idx", b"!meta 0 " + meta + b"\n" + b"".join(heads), compress=True)

    def finish(self, *, title: str, software: str) -> None:
        """Add the list of all resources, and its digest."""
        package = json.dumps(
            {
                "profile": "data-package",
                "wacz_version": WACZ_VERSION,
                "title": title,
                "created": self._created,
                "software": software,
                "resources": self._resources,
            },
            indent=2,
            ensure_ascii=False,
        ).encode("utf-8")
        self._out.writestr(self._entry("datapackage.json", zipfile.ZIP_DEFLATED), package)
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}
        self._out.writestr(self._entry("datapackage-digest.json", zipfile.ZIP_DEFLATED), json.dumps(digest, indent=2))

    def _entry(self, path: str, compression: int) -> zipfile.ZipInfo:
        day, time = self._created[:10].split("-"), self._created[11:19].split(":")
        entry = zipfile.ZipInfo(path, tuple(map(int, [*day, *time])))  # type: ignore[arg-type] # six numbers
        entry.compress_type = compression
        entry.external_attr = 0o644 << 16
        return entry

    def _list(self, path: str, digest: str, size: int) -> None:
        name = path.rsplit("/", 1)[-1].lower()
        self._resources.append({"name": name, "path": path, "hash": f"sha256:{digest}", "bytes": size})


def write_wacz(
    target: Path,
    warcs: Sequence[tuple[str, Path]],
    pages: Iterable[dict[str, str]],
    *,
    created: str,
    title: str,
    software: str,
    done: Callable[[int], None] = lambda _: None,
) -> None:
    """Write ``target`` in one step: after a kill the old file, or none, is there.

    ``warcs`` are names and files; ``pages`` say ``url``, ``ts``, ``title`` and ``id``.
    """
    unfinished = target.with_name(f"{target.name}.part")
    try:
        with unfinished.open("wb") as raw:
            with zipfile.ZipFile(raw, "w", allowZip64=True) as out:
                wacz = WaczWriter(out, created=created)
                wacz.add_bytes("pages/pages.jsonl", _page_list(pages), compress=True)
                wacz.add_index(line for name, path in warcs for line in cdxj_lines(path, name=name))
                for name, path in warcs:
                    wacz.add_file(f"archive/{name}", path, done)
                wacz.finish(title=title, software=software)
            raw.flush()
            os.fsync(raw.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(target.parent)


def _page_list(pages: Iterable[dict[str, str]]) -> bytes:
    head = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in (head, *pages)).encode("utf-8")
