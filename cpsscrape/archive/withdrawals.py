"""Articles that were taken out on request; no spider or replay brings them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database


def is_withdrawn(db: Database, urls: Sequence[str], node_id: int | None) -> bool:
    """Whether any of these addresses, or the node, has been withdrawn."""
    marks = ", ".join("?" for _ in urls)
    row = db.conn.execute(
        f"select 1 from withdrawals where url in ({marks}) or node_id = ? limit 1",
        [*urls, node_id],
    ).fetchone()
    return row is not None
