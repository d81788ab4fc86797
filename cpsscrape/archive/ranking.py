"""The best rows of a full-text index, and their texts with the hits marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.archive.sentences import CLOSE, OPEN

if TYPE_CHECKING:
    from sqlite_utils import Database

    from cpsscrape.archive.words import Words

_RANKS = {
    # A word in the headline says ten times as much as one in the body, in the teaser four times.
    "articles_fts": "bm25(10.0, 4.0, 1.0)",
    "quotes_fts": "bm25()",
}


def best_rows(
    db: Database, index: str, joined: str, where: list[str], values: dict[str, object]
) -> tuple[int, list[tuple[int, float]]]:
    """Return how many rows match, and the best of them with their rank.

    Ranking is what costs: a microsecond a row and more. A plain ``order by rank`` would rank every
    match, whatever the conditions leave of them; ``+`` ranks what is left, and sorts it faster too.
    """
    tail = f"from {index} {joined} where {' and '.join([f'{index} match :words', *where])}"
    # To count alone is a walk over the index; with conditions it would be all the work once more.
    counted = "count(*) over ()" if where else "null"
    rows = db.conn.execute(
        f"select {index}.rowid, rank, {counted} {tail} and rank match '{_RANKS[index]}' "
        "order by +rank limit :limit offset :offset",
        values,
    ).fetchall()
    total = rows[0][2] if rows else None
    if total is None:
        (total,) = db.conn.execute(f"select count(*) {tail}", values).fetchone()
    return int(total), [(row[0], row[1]) for row in rows]


def marked_texts(db: Database, index: str, columns: int, words: Words, ids: list[int]) -> dict[int, tuple[str, ...]]:
    """Return the indexed texts of these rows, with OPEN and CLOSE around the hits."""
    texts = ", ".join(f"highlight({index}, {number}, '{OPEN}', '{CLOSE}')" for number in range(columns))
    # `+` makes it one walk over the matches: looked up by id, a prefix would be looked up as often.
    sql = f"select rowid, {texts} from {index} where {index} match ? and +rowid in ({', '.join('?' for _ in ids)})"
    return {row[0]: row[1:] for row in db.conn.execute(sql, [words.fts, *ids])} if ids else {}
