"""``cpsscrape export``."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpsscrape import __version__
from cpsscrape.archive.asking import reading_only
from cpsscrape.archive.database import named_errors, open_reader, site_of
from cpsscrape.configuration import settings_module
from cpsscrape.exceptions import UsageError
from cpsscrape.exporters.data_package import PackageFacts, WrittenTable, write_package
from cpsscrape.exporters.formats import FORMATS, Form, format_of
from cpsscrape.exporters.selection import FLAT_VIEWS, Selection, query_selection, table_selection
from cpsscrape.exporters.whole_file import whole_file
from cpsscrape.terminal.output import leaving_quietly, row

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database

DEFAULT_FOLDER = "export"


@click.command()
@click.argument("name", required=False, metavar="[VIEW-OR-TABLE]")
@click.option("--query", metavar="SQL", help="Export what this query gives instead. It can only read.")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="By default what FILE ends in, else csv.")
@click.option("-o", "--output", metavar="FILE", help="Where to; - is standard output. Without VIEW-OR-TABLE a folder.")
@click.option("--package", metavar="DIR", help="Write everything as a Frictionless Data Package into this folder.")
@click.option("--excel", is_flag=True, help="CSV with a byte order mark, without which Excel misreads UTF-8.")
@click.option("--raw", is_flag=True, help="CSV for machines: do not defuse cells that a spreadsheet would run.")
@click.option("--json", "as_json", is_flag=True, help="Say what was written as JSON.")
@click.pass_obj
def command(
    folder: Path,
    /,
    name: str | None,
    query: str | None,
    format_: str | None,
    output: str | None,
    package: str | None,
    *,
    excel: bool,
    raw: bool,
    as_json: bool,
) -> None:
    """Write CSV, JSON Lines or Parquet, or everything as a data package.

    Without arguments: the three flat views as CSV files into the folder `export`. With a view, a
    table or a query: to FILE or standard output. `docs/schema.md` lists views, tables and columns.

    A file is there whole or not at all. Text that a spreadsheet would run as a formula gets an
    apostrophe before it; `docs/export.md` says how to take it away again.
    """
    _check(name, query, package, output, format_, excel=excel)
    form = Form(format=format_ or _format(output, named=bool(name or query)), raw=raw, excel=excel)
    db = open_reader(folder)
    with named_errors(folder):
        if package:
            target = Path(package)
            _say(write_package(db, target, _facts(db), raw=raw), target, as_json=as_json)
        elif name or query:
            _export_one(db, name, query, form, output, as_json=as_json)
        else:
            target = Path(output or DEFAULT_FOLDER)
            _say(_export_views(db, target, form), target, as_json=as_json)


def _check(
    name: str | None, query: str | None, package: str | None, output: str | None, format_: str | None, *, excel: bool
) -> None:
    if name and query:
        raise UsageError("name a view or table, or give a query, not both.")
    if package and (name or query or output or excel or format_ not in {None, "csv"}):
        raise UsageError("a package holds everything as CSV: --package goes with --raw and --json only.")


def _format(output: str | None, *, named: bool) -> str:
    return format_of(Path(output)) if named and output and output != "-" else "csv"


def _facts(db: Database) -> PackageFacts:
    created = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    contact = settings_module().CPS_CONTACT or None
    return PackageFacts(site=site_of(db) or "", created=created, version=__version__, contact=contact)


def _export_one(
    db: Database, name: str | None, query: str | None, form: Form, output: str | None, *, as_json: bool
) -> None:
    to_stdout = output in {None, "-"}
    if to_stdout and form.format == "parquet" and sys.stdout.isatty():
        raise UsageError("Parquet is no text for a terminal: name a file with -o.")
    with reading_only(db) as connection:
        selection = table_selection(name) if name else query_selection(connection, query or "")
        if to_stdout:
            with leaving_quietly():
                form.write(selection, connection, sys.stdout.buffer)
                sys.stdout.buffer.flush()
            return
        path = Path(output or "")
        written = _written(selection, connection, form, path)
    _say([written], path.parent, as_json=as_json)


def _export_views(db: Database, folder: Path, form: Form) -> list[WrittenTable]:
    with reading_only(db) as connection:
        return [
            _written(table_selection(name), connection, form, folder / f"{name}.{form.format}") for name in FLAT_VIEWS
        ]


def _written(selection: Selection, connection: sqlite3.Connection, form: Form, path: Path) -> WrittenTable:
    with whole_file(path) as sink:
        rows = form.write(selection, connection, sink)
    return WrittenTable(
        name=selection.name, path=path.name, rows=rows, bytes=sink.bytes, sha256=sink.sha256, query=selection.sql
    )


def _say(written: list[WrittenTable], folder: Path, *, as_json: bool) -> None:
    if as_json:
        click.echo(
            json.dumps({"folder": str(folder.absolute()), "files": [asdict(table) for table in written]}, indent=2)
        )
        return
    if not sys.stdout.isatty():
        for table in written:
            click.echo(row(folder / table.path, table.rows, table.bytes, table.sha256))
        return
    width = max(len(str(folder / table.path)) for table in written)
    for table in written:
        click.echo(f"{folder / table.path!s:<{width}}  {table.rows:>9,} rows  {_size(table.bytes):>9}")


def _size(number: int) -> str:
    for unit in ("bytes", "kB", "MB"):
        if number < 1000:
            return f"{number:,.0f} {unit}" if unit == "bytes" else f"{number:,.1f} {unit}"
        number = number / 1000  # type: ignore[assignment] # an exact count only as long as it is bytes
    return f"{number:,.1f} GB"
