"""JSON Lines: an object a line, UTF-8; lists and truth values as JSON has them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cpsscrape.exporters.selection import typed_value

if TYPE_CHECKING:
    import sqlite3

    from cpsscrape.exporters.csv_table import ByteSink
    from cpsscrape.exporters.selection import Selection


def write_json_lines(selection: Selection, connection: sqlite3.Connection, sink: ByteSink) -> int:
    """Write the table and return the number of its rows. Nothing is defused: no spreadsheet runs JSON."""
    rows = 0
    for batch in selection.batches(connection):
        lines = [
            json.dumps(
                {c.name: typed_value(value, c.type) for c, value in zip(selection.columns, row, strict=True)},
                ensure_ascii=False,
            )
            for row in batch
        ]
        sink.write(("\n".join(lines) + "\n").encode("utf-8"))
        rows += len(batch)
    return rows
