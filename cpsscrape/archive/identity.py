"""Which stored article a reading belongs to: its node id, else any of its addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.exceptions import UnknownArticleError
from cpsscrape.normalise.urls import canonical_url, node_id_of

if TYPE_CHECKING:
    from sqlite_utils import Database

    from cpsscrape.items import Article


def find_article(db: Database, article: Article) -> int | None:
    """Return the id of the stored article that this reading is of, or None for a new one.

    An address that another node answered to in the past does not make them one article.
    """
    if article.node_id is not None:
        row = db.conn.execute("select id from articles where node_id = ?", [article.node_id]).fetchone()
        if row:
            return int(row[0])
    for url in (article.url, *article.aliases):
        found = article_at(db, url)
        if found is None:
            continue
        (node_id,) = db.conn.execute("select node_id from articles where id = ?", [found]).fetchone()
        if node_id is None or article.node_id is None or node_id == article.node_id:
            return found
    return None


def article_at(db: Database, url: str) -> int | None:
    """Return the id of the article that answers to ``url``."""
    row = db.conn.execute("select article_id from article_urls where url = ?", [url]).fetchone()
    return int(row[0]) if row else None


def resolve_article(db: Database, name: str, *, site: str) -> int:
    """Return the id meant by ``name``: an id, ``node/12728``, or any address of the article.

    Raises UnknownArticleError with a next step.
    """
    if name.isdecimal():
        rows = db.conn.execute("select id from articles where id = ?", [int(name)]).fetchall()
    elif (node_id := node_id_of(name if "://" in name else f"{site}/{name.lstrip('/')}")) is not None:
        rows = db.conn.execute("select id from articles where node_id = ?", [node_id]).fetchall()
    else:
        address = canonical_url(name if "://" in name else f"{site}/{name.lstrip('/')}", site)
        rows = db.conn.execute("select article_id from article_urls where url in (?, ?)", [name, address]).fetchall()
    if not rows:
        message = f"no article {name!r} in this archive. `cpsscrape search WORDS` finds articles by what they say."
        raise UnknownArticleError(message)
    return int(rows[0][0])


def claim_addresses(db: Database, article_id: int, article: Article) -> None:
    """Record every address the article answers to.

    The canonical address moves here even if another article had it; an alias stays with
    the article that answered to it first.
    """
    db.conn.execute(
        "insert into article_urls (url, article_id) values (?, ?) "
        "on conflict (url) do update set article_id = excluded.article_id where article_id <> excluded.article_id",
        [article.url, article_id],
    )
    db.conn.executemany(
        "insert into article_urls (url, article_id) values (?, ?) on conflict (url) do nothing",
        [(url, article_id) for url in article.aliases],
    )


def free_address(db: Database, url: str, article_id: int | None, *, site: str) -> None:
    """Take ``url`` from another article that has it as its canonical address.

    Seen where a story is unpublished and its slug is given to a new node.
    """
    row = db.conn.execute("select id, node_id from articles where url = ?", [url]).fetchone()
    if row and row[0] != article_id:
        stand_in = f"{site}/node/{row[1]}" if row[1] is not None else f"{url}#article-{row[0]}"
        db.conn.execute("update articles set url = ? where id = ?", [stand_in, row[0]])
