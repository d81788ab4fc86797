"""Parquet, with dates as dates and times as UTC times. Needs the extra ``parquet``."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from cpsscrape.exceptions import ArchiveError

if TYPE_CHECKING:
    import sqlite3
    from typing import BinaryIO

    from cpsscrape.archive.columns import Column
    from cpsscrape.exporters.csv_table import ByteSink
    from cpsscrape.exporters.selection import Selection

BATCHES_A_GROUP = 20  # 10,000 rows: some 50 MB of article text before it is compressed


def write_parquet(selection: Selection, connection: sqlite3.Connection, sink: ByteSink) -> int:
    """Write the table and return the number of its rows; each column carries its description."""
    arrow = _arrow()
    from pyarrow import parquet  # noqa: PLC0415 # heavy, and an extra: only this function needs it

    schema = arrow.schema(
        [
            arrow.field(
                c.name, _arrow_type(arrow, c), metadata={"description": c.description} if c.description else None
            )
            for c in selection.columns
        ],
        metadata={"description": selection.description, "query": selection.sql},
    )
    rows = 0
    pending: list[tuple[Any, ...]] = []
    with parquet.ParquetWriter(arrow.PythonFile(cast("BinaryIO", sink), "w"), schema, compression="zstd") as writer:
        for number, batch in enumerate(selection.batches(connection), 1):
            pending += batch
            rows += len(batch)
            if number % BATCHES_A_GROUP == 0:
                writer.write_table(_table(arrow, schema, selection, pending))
                pending = []
        if pending or not rows:
            writer.write_table(_table(arrow, schema, selection, pending))
    return rows


def _arrow() -> Any:
    try:
        import pyarrow as pa  # noqa: PLC0415 # likewise
    except ImportError as error:
        raise ArchiveError(
            "Parquet needs pyarrow, which is not installed: `pip install 'cpsscrape[parquet]'`, or export csv or jsonl."
        ) from error
    return pa


def _arrow_type(arrow: Any, column: Column) -> Any:
    return {
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "boolean": arrow.bool_(),
        "date": arrow.date32(),
        "datetime": arrow.timestamp("us", tz="UTC"),
    }.get(column.type, arrow.string())


def _table(arrow: Any, schema: Any, selection: Selection, rows: list[tuple[Any, ...]]) -> Any:
    columns = list(zip(*rows, strict=True)) if rows else [() for _ in selection.columns]
    arrays = [
        arrow.array([_value(value, column) for value in values], type=schema.field(column.name).type)
        for column, values in zip(selection.columns, columns, strict=True)
    ]
    return arrow.Table.from_arrays(arrays, schema=schema)


def _value(value: Any, column: Column) -> Any:
    if value is None:
        return None
    try:
        if column.type == "date":
            return date.fromisoformat(value)
        if column.type == "datetime":
            return datetime.fromisoformat(value)
    except ValueError as error:
        raise ArchiveError(
            f"{column.table}.{column.name} holds {value!r}, no {column.type}: export csv instead."
        ) from error
    if column.type == "boolean":
        return bool(value)
    if column.type == "string" and not isinstance(value, str):
        return value.hex() if isinstance(value, bytes) else str(value)
    return value
