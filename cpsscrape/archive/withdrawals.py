"""Articles that were taken out on request; no spider or replay brings them back.

The truth is ``withdrawals.csv`` in the data folder, written before anything is erased. The
table of the same columns is its copy, made anew whenever an archive is opened for writing.
"""

from __future__ import annotations

import csv
import io
import logging
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from cpsscrape.durable import replace_file
from cpsscrape.exceptions import ArchiveError
from cpsscrape.normalise.urls import node_id_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sqlite_utils import Database

logger = logging.getLogger(__name__)

WITHDRAWALS = "withdrawals.csv"
_COLUMNS = ("url", "node_id", "withdrawn_at", "reason")


@dataclass(frozen=True, slots=True, order=True)
class Withdrawal:
    """One withdrawn address. The addresses of one article share the other three values."""

    url: str
    node_id: int | None
    withdrawn_at: str
    reason: str

    @property
    def group(self) -> tuple[int | None, str, str]:
        """What the addresses of one withdrawal have in common."""
        return self.node_id, self.withdrawn_at, self.reason


def is_withdrawn(db: Database, urls: Sequence[str], node_id: int | None) -> bool:
    """Whether any of these addresses, or the node, has been withdrawn."""
    nodes = {node_id, *(node_id_of(url) for url in urls)} - {None}
    row = db.conn.execute(
        f"select 1 from withdrawals where url in ({_marks(urls)}) or node_id in ({_marks(nodes)}) limit 1",
        [*urls, *nodes],
    ).fetchone()
    return row is not None


def read_withdrawals(folder: Path) -> list[Withdrawal] | None:
    """Return the rows of ``withdrawals.csv``, or None where there is no such file.

    Raises ArchiveError for a file that cannot be read: guessing would bring an article back.
    """
    path = folder / WITHDRAWALS
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ArchiveError(f"{path} cannot be read ({error}): mend it before anything else is done.") from error
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        return [_withdrawal(row) for row in rows]
    except (csv.Error, KeyError, ValueError, AttributeError) as error:
        message = f"{path}, line {rows.line_num}, is not `{','.join(_COLUMNS)}`: mend it before anything else is done."
        raise ArchiveError(message) from error


def write_withdrawals(folder: Path, rows: Iterable[Withdrawal]) -> None:
    """Replace ``withdrawals.csv`` in one step; it is on the disk when this returns."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(_COLUMNS)
    out.writerows(["" if value is None else value for value in astuple(row)] for row in sorted(set(rows), key=_order))
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(folder / WITHDRAWALS, text.getvalue().encode("utf-8"))


def sync_withdrawals(db: Database, folder: Path) -> list[Withdrawal]:
    """Make the table say what ``withdrawals.csv`` says, and return it.

    A file that is not there any more is written again from the table: losing it must not
    bring anything back.
    """
    listed = read_withdrawals(folder)
    known = [Withdrawal(*row) for row in db.conn.execute(f"select {', '.join(_COLUMNS)} from withdrawals")]
    if listed is None:
        if known:
            logger.warning("%s was gone; it is written again from the database", folder / WITHDRAWALS)
            write_withdrawals(folder, known)
        return known
    if set(listed) != set(known):
        with db.atomic():
            db.conn.execute("delete from withdrawals")
            db.conn.executemany(
                "insert or replace into withdrawals (url, node_id, withdrawn_at, reason) values (?, ?, ?, ?)",
                [astuple(row) for row in listed],
            )
    return listed


def _withdrawal(row: dict[str, str]) -> Withdrawal:
    url, node, at = row["url"].strip(), row["node_id"].strip(), row["withdrawn_at"].strip()
    if not url:
        raise ValueError("no address")
    return Withdrawal(url, int(node) if node else None, at, row["reason"])


def _order(row: Withdrawal) -> tuple[str, str]:
    return row.withdrawn_at, row.url


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)
