"""Everything as a Frictionless Data Package: tables, schema, manifest, citation and datasheet."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cpsscrape.archive.asking import reading_only
from cpsscrape.archive.columns import described_tables
from cpsscrape.exporters.citation import citation_file
from cpsscrape.exporters.csv_table import write_csv
from cpsscrape.exporters.datasheet import datasheet
from cpsscrape.exporters.formulas import RULE
from cpsscrape.exporters.package_schema import PROFILE, keys_of, table_schema
from cpsscrape.exporters.selection import table_selection
from cpsscrape.exporters.survey import survey
from cpsscrape.exporters.whole_file import whole_file, whole_folder

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

DESCRIPTOR = "datapackage.json"
# Inner workings, and the list of what was taken out: handing that on would undo it.
LEFT_OUT = frozenset({"frontier", "withdrawals", "archive", "layouts"})


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTable:
    """A file of an export."""

    name: str
    path: str
    rows: int
    bytes: int
    sha256: str
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageFacts:
    """What a package says of itself beside its tables; ``created`` is a UTC time."""

    site: str
    created: str
    version: str
    contact: str | None = None


def write_package(db: Database, folder: Path, facts: PackageFacts, *, raw: bool = False) -> list[WrittenTable]:
    """Write the whole archive as a data package; all its files are of one moment.

    ``folder`` is there whole at the end or as it was. A former package there is replaced.
    """
    names = [name for name in described_tables() if name not in LEFT_OUT]
    keys = {name: keys_of(db, name) for name in names}
    with whole_folder(folder, mark=DESCRIPTOR) as part, reading_only(db) as connection:
        written = []
        for name in names:
            selection = table_selection(name)
            path = f"data/{name}.csv"
            with whole_file(part / path) as sink:
                rows = write_csv(selection, connection, sink, raw=raw)
            written.append(
                WrittenTable(name=name, path=path, rows=rows, bytes=sink.bytes, sha256=sink.sha256, query=selection.sql)
            )
        seen = survey(connection)
        resources = [
            _resource(table, table_schema(described_tables()[table.name], keys[table.name], names)) for table in written
        ]
        _write(part / "manifest.csv", _manifest(written))
        _write(part / "CITATION.cff", citation_file(facts, seen))
        _write(part / "README.md", datasheet(facts, seen, written, raw=raw))
        descriptor = _descriptor(facts, resources, raw=raw)
        _write(part / DESCRIPTOR, json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n")
    return written


def _write(path: Path, text: str) -> None:
    with whole_file(path) as sink:
        sink.write(text.encode("utf-8"))


def _resource(table: WrittenTable, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "path": table.path,
        "description": described_tables()[table.name].description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": table.bytes,
        "hash": f"sha256:{table.sha256}",
        "dialect": {"$schema": f"{PROFILE}/tabledialect.json", "lineTerminator": "\r\n"},
        "schema": schema,
    }


def _descriptor(facts: PackageFacts, resources: list[dict[str, Any]], *, raw: bool) -> dict[str, Any]:
    return {
        "$schema": f"{PROFILE}/datapackage.json",
        "name": "cps-news-archive",
        "title": "An archive of the Crown Prosecution Service's news",
        "description": "Articles, versions, quotes and case studies, each traceable to a capture. See README.md.",
        "homepage": facts.site,
        "version": facts.created[:10],
        "created": facts.created,
        "contributors": [{"title": "Crown Prosecution Service", "path": facts.site, "roles": ["creator"]}],
        "sources": [{"title": "News of the Crown Prosecution Service", "path": facts.site}],
        "cpsscrape": {"version": facts.version, "defused": not raw, "restore": None if raw else RULE},
        "resources": resources,
    }


def _manifest(written: list[WrittenTable]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["path", "rows", "bytes", "sha256", "query"])
    writer.writerows([table.path, table.rows, table.bytes, table.sha256, table.query] for table in written)
    return text.getvalue()
