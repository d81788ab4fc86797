"""Takes withdrawn articles out of the WARC files too; what was begun is completed at a start.

``purge.json`` beside the files says how far it is. *planned*: nothing is changed yet. *written*:
the new files are complete, and only names, rows and the old files are to be changed, each step
of which can be done twice.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from cpsscrape.archive.database import site_of
from cpsscrape.archive.erasure import finish_withdrawals, mark_pending
from cpsscrape.durable import replace_file, sync_folder
from cpsscrape.evidence.cutting import cuts_of
from cpsscrape.normalise.urls import SITE, canonical_url, node_id_of
from cpsscrape.recovery import capture_ref, recover_evidence
from cpsscrape.warc.checking import file_digest
from cpsscrape.warc.purging import Moved, purged_name, write_without
from cpsscrape.warc.reader import read_record
from cpsscrape.warc.segments import Segment, read_manifest, write_manifest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sqlite_utils import Database

    from cpsscrape.archive.database import Archive

JOURNAL = "purge.json"
_UNFINISHED = ".purge"  # ending of a new file before it counts


class Withheld:
    """The addresses and the nodes that are to be nowhere in the files."""

    def __init__(self, urls: Iterable[str], nodes: Iterable[int], site: str) -> None:
        self.urls = frozenset(urls)
        self.nodes = frozenset(nodes)
        self.site = site

    def concerns(self, url: str) -> bool:
        """Whether an address leads to one of them."""
        address = canonical_url(url, self.site)
        return address in self.urls or node_id_of(address) in self.nodes


def begin_purge(archive: Archive, urls: Iterable[str], node: int | None) -> None:
    """Write down what is to be purged: from now on a kill only delays it."""
    folder = archive.warc_folder
    if not folder.is_dir():
        return
    before = _journal(folder)
    if before is None or before["state"] == "written":
        before = {"urls": [], "nodes": []}
    plan = {
        "state": "planned",
        "urls": sorted({*before["urls"], *urls}),
        "nodes": sorted({*before["nodes"], *([node] if node is not None else [])}),
    }
    _write(folder, plan)


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """How many files were written anew, and how many pages of others, which stay, link to the article."""

    files: int = 0
    linking: int = 0


def finish_purge(archive: Archive) -> Purged:
    """Complete what was planned or interrupted, and say what was done.

    To be called at a start before anything else looks at the WARC files.
    """
    folder = archive.warc_folder
    journal = _journal(folder)
    if journal is None:
        _clear(folder)
        return Purged()
    if journal["state"] == "planned":
        recover_evidence(archive)
        # Its rows first: what another article rests on stays, and its own would look like that.
        finish_withdrawals(archive)
        _clear(folder)
        journal = _write_files(archive, Withheld(journal["urls"], journal["nodes"], site_of(archive.db) or SITE))
        _write(folder, journal)
    _switch(archive, journal["files"])
    (folder / JOURNAL).unlink()
    sync_folder(folder)
    return Purged(files=len(journal["files"]), linking=journal["linking"])


def _write_files(archive: Archive, withheld: Withheld) -> dict[str, Any]:
    folder = archive.warc_folder
    note = {"cps-purged": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
    files: dict[str, Any] = {}
    cuts, linking = cuts_of(archive.db, folder, withheld)
    for path, cut in cuts.items():
        name = purged_name(path.name)
        target = folder / f"{name}{_UNFINISHED}"
        moved = write_without(path, target, cut, name=name, note=note, concerns=withheld.concerns)
        files[path.name] = {
            "new": name if moved else None,
            "moved": [[m.old, m.offset, m.length, m.status] for m in moved],
        }
    sync_folder(folder)
    return {"state": "written", "files": files, "linking": linking}


def _switch(archive: Archive, files: dict[str, Any]) -> None:
    """Name the new files, turn the rows to them, enter them into the manifest, delete the old."""
    folder = archive.warc_folder
    fresh = [entry["new"] for entry in files.values() if entry["new"]]
    for name in fresh:
        unfinished = folder / f"{name}{_UNFINISHED}"
        if unfinished.exists():
            unfinished.rename(folder / name)
    sync_folder(folder)
    with archive.db.atomic():
        for old, entry in files.items():
            _switch_rows(
                archive,
                old,
                entry["new"],
                [Moved(old=o, offset=n, length=k, status=s) for o, n, k, s in entry["moved"]],
            )
        if files:
            mark_pending(archive.db)
    manifest = read_manifest(folder)
    for old in files:
        manifest.pop(old, None)
    for name in fresh:
        path = folder / name
        manifest[name] = Segment(file=name, bytes=path.stat().st_size, sha256=file_digest(path))
    write_manifest(folder, manifest)
    for old in files:
        for ending in ("", ".cdxj"):
            (folder / f"{old}{ending}").unlink(missing_ok=True)
    sync_folder(folder)


def _switch_rows(archive: Archive, old: str, new: str | None, moved: list[Moved]) -> None:
    db = archive.db
    kept = {row.old for row in moved}
    rows = db.conn.execute("select id, warc_offset from captures where warc_file = ?", [old]).fetchall()
    gone = [(number,) for number, at in rows if at not in kept]
    # A story that led to a listing was absent; where that listing shows the withdrawn one, only `gone_at` says so.
    db.conn.executemany("delete from absences where capture_id = ?", gone)
    db.conn.executemany("delete from captures where id = ?", gone)
    db.conn.executemany(
        "update captures set warc_file = ?, warc_offset = ?, warc_length = ? where warc_file = ? and warc_offset = ?",
        [(new, row.offset, row.length, old, row.old) for row in moved],
    )
    for row in moved:
        if row.status is not None and new is not None:
            _restate(db, archive.warc_folder / new, row)


def _restate(db: Database, path: Path, row: Moved) -> None:
    """What was a revisit says its own headers now: a 304 those of the answer it repeated."""
    stated = capture_ref(read_record(path, row.offset, row.length), "")
    db.conn.execute(
        "update captures set status = ?, mime_type = ?, etag = ?, last_modified = ? "
        "where warc_file = ? and warc_offset = ?",
        [stated.status, stated.mime_type, stated.etag, stated.last_modified, path.name, row.offset],
    )


def _clear(folder: Path) -> None:
    for path in folder.glob(f"*{_UNFINISHED}"):
        path.unlink()


def _journal(folder: Path) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads((folder / JOURNAL).read_text("utf-8"))
    except FileNotFoundError:
        return None
    return found


def _write(folder: Path, journal: dict[str, Any]) -> None:
    replace_file(folder / JOURNAL, json.dumps(journal).encode("utf-8"))
