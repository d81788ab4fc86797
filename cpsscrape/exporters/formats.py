"""The formats of an export by name: how one table is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpsscrape.exceptions import UsageError
from cpsscrape.exporters.csv_table import write_csv
from cpsscrape.exporters.json_lines import write_json_lines
from cpsscrape.exporters.parquet import write_parquet

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from cpsscrape.exporters.csv_table import ByteSink
    from cpsscrape.exporters.selection import Selection

FORMATS = ("csv", "jsonl", "parquet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The form of an export as a person asked for it."""

    format: str = "csv"
    raw: bool = False
    excel: bool = False

    def __post_init__(self) -> None:
        if self.format != "csv" and (self.raw or self.excel):
            raise UsageError(f"--raw and --excel are for CSV; {self.format} needs neither.")

    def write(self, selection: Selection, connection: sqlite3.Connection, sink: ByteSink) -> int:
        """Write one table; return the number of its rows."""
        if self.format == "csv":
            return write_csv(selection, connection, sink, raw=self.raw, excel=self.excel)
        if self.format == "jsonl":
            return write_json_lines(selection, connection, sink)
        return write_parquet(selection, connection, sink)


def format_of(path: Path) -> str:
    """Return the format that a file's name asks for; CSV where it says nothing."""
    suffix = path.suffix.lower().lstrip(".")
    return {"ndjson": "jsonl", "json": "jsonl", "pq": "parquet"}.get(suffix, suffix if suffix in FORMATS else "csv")
