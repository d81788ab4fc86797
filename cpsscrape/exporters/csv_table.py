"""CSV as in RFC 4180: CRLF, UTF-8, a header line; NULL is an empty cell."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Protocol

from cpsscrape.exporters.formulas import defused

if TYPE_CHECKING:
    import sqlite3

    from cpsscrape.exporters.selection import Selection

BOM = b"\xef\xbb\xbf"


class ByteSink(Protocol):
    """What a table is written to."""

    def write(self, data: bytes, /) -> Any:
        """Take all of ``data``."""


def write_csv(
    selection: Selection, connection: sqlite3.Connection, sink: ByteSink, *, raw: bool = False, excel: bool = False
) -> int:
    """Write the table and return the number of its rows, the header not counted.

    Unless ``raw``, cells a spreadsheet would run are defused (:mod:`cpsscrape.exporters.formulas`).
    ``excel`` puts a byte order mark first, without which Excel reads UTF-8 as another encoding.
    """
    if excel:
        sink.write(BOM)
    rows = 0
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_cells(selection.header, raw=raw))
    for batch in selection.batches(connection):
        writer.writerows([_cells(row, raw=raw) for row in batch])
        rows += len(batch)
        _pass_on(text, sink)
    _pass_on(text, sink)
    return rows


def _cells(row: Any, *, raw: bool) -> list[object]:
    cells = [cell.hex() if isinstance(cell, bytes) else cell for cell in row]
    return cells if raw else [defused(cell) for cell in cells]


def _pass_on(text: io.StringIO, sink: ByteSink) -> None:
    sink.write(text.getvalue().encode("utf-8"))
    text.seek(0)
    text.truncate()
