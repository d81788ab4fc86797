"""Takes an article out: the tombstone first, then its rows, then the raw bytes."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cpsscrape.archive.database import Archive, named_errors, site_of
from cpsscrape.archive.erasure import finish_withdrawals, remove_backups
from cpsscrape.archive.identity import resolve_article
from cpsscrape.archive.withdrawals import Withdrawal, sync_withdrawals, write_withdrawals
from cpsscrape.evidence.purge import Purged, begin_purge, finish_purge
from cpsscrape.exceptions import UnknownArticleError, UsageError
from cpsscrape.normalise.urls import SITE, canonical_url, is_listing_url, is_on_site, node_id_of
from cpsscrape.recovery import recover_evidence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """What a withdrawal did. ``blocked`` names programs that still hold the old bytes."""

    rows: tuple[Withdrawal, ...]
    known: bool
    earlier: bool
    backups: tuple[str, ...]
    purged: Purged
    blocked: tuple[str, ...]


@contextmanager
def open_to_change(folder: Path) -> Iterator[Archive]:
    """Open the archive for writing, with all that an interrupted command left behind completed."""
    archive = Archive(folder)
    try:
        with named_errors(folder):
            finish_purge(archive)
            recover_evidence(archive)
            finish_withdrawals(archive)
            yield archive
    finally:
        archive.close()


def withdraw(folder: Path, name: str, reason: str, *, purge: bool) -> Withdrawn:
    """Take out the article that ``name`` means: an id, a node, or any of its addresses.

    An address that the archive does not know is withdrawn for the future. Done twice, it adds
    what is new, such as a ``purge``, and keeps the first date and reason.
    """
    with open_to_change(folder) as archive:
        db = archive.db
        site = site_of(db) or SITE
        article, urls, node = _meant(db, name, site)
        listed = sync_withdrawals(db, folder)
        urls, node, before = _known_group(listed, urls, node)
        group = before or (node, _moment(listed), reason)
        rows = tuple(Withdrawal(url, *group) for url in sorted(urls))
        write_withdrawals(folder, [*(row for row in listed if row.url not in urls), *rows])
        if purge:
            begin_purge(archive, urls, node)
        backups = remove_backups(folder)
        blocked = finish_withdrawals(archive)
        purged = finish_purge(archive) if purge else Purged()
        if purged.files:
            blocked = finish_withdrawals(archive)
        return Withdrawn(
            rows=rows,
            known=article is not None,
            earlier=before is not None,
            backups=tuple(backups),
            purged=purged,
            blocked=tuple(blocked),
        )


def _meant(db: Database, name: str, site: str) -> tuple[int | None, frozenset[str], int | None]:
    """Return the article, if it is known, all its addresses, and its node."""
    try:
        article = resolve_article(db, name, site=site)
    except UnknownArticleError:
        if name.isdecimal():
            raise
        return None, *address_of(name, site)
    addresses = {url for (url,) in db.conn.execute("select url from article_urls where article_id = ?", [article])}
    url, node = db.conn.execute("select url, node_id from articles where id = ?", [article]).fetchone()
    names = {*addresses, url, *([f"{site}/node/{node}"] if node is not None else [])}
    return article, frozenset(names), node


def address_of(name: str, site: str) -> tuple[frozenset[str], int | None]:
    """Return the address that was typed in its canonical form, and the node it names.

    Raises UsageError for what cannot be the address of a story.
    """
    url = canonical_url(name if "://" in name else f"{site}/{name.lstrip('/')}", site)
    if not is_on_site(url, site) or is_listing_url(url, site):
        raise UsageError(f"{name!r} is not the address of a story on {site}.")
    return frozenset([url]), node_id_of(url)


def _known_group(
    listed: list[Withdrawal], urls: frozenset[str], node: int | None
) -> tuple[frozenset[str], int | None, tuple[int | None, str, str] | None]:
    """Join what is asked for with an earlier withdrawal of the same article, if there is one."""
    group = group_of(listed, urls, node)
    if group is None:
        return urls, node, None
    earlier = {row.url for row in listed if row.group == group}
    number, at, reason = group
    return urls | earlier, number if number is not None else node, (number if number is not None else node, at, reason)


def group_of(listed: list[Withdrawal], urls: frozenset[str], node: int | None) -> tuple[int | None, str, str] | None:
    """Return what the rows of an earlier withdrawal of these addresses have in common."""
    for row in listed:
        if row.url in urls or (node is not None and row.node_id == node):
            return row.group
    return None


def _moment(listed: list[Withdrawal]) -> str:
    """The time now; the second in which another withdrawal was made is waited out.

    The rows of one withdrawal are told by its time: ``--undo`` must not take two back.
    """
    while True:
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        if all(row.withdrawn_at != now for row in listed):
            return now
        time.sleep(0.1)
