"""The article page and the page of differences between two of its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import NotFound, Request, Response

from cpsscrape.archive.database import site_of
from cpsscrape.archive.identity import resolve_article
from cpsscrape.archive.queries import article_row
from cpsscrape.archive.stored import StoredArticle, stored_article
from cpsscrape.archive.version_diff import compare_versions
from cpsscrape.archive.versions import versions_of
from cpsscrape.evidence.citation import citation_of
from cpsscrape.exceptions import UnknownArticleError
from cpsscrape.web.asking import ask
from cpsscrape.web.narrowing import whole_number
from cpsscrape.web.passages import outside, parts
from cpsscrape.web.speaking import link_speakers

if TYPE_CHECKING:
    from datasette.app import Datasette
    from sqlite_utils import Database

    from cpsscrape.archive.versions import Version

SOURCES = {
    "teaser": "from the listing",
    "page": "printed on the page",
    "metadata": "from the page’s metadata",
    "prose": "from a date in the text: take it as a hint",
}
FIELDS = {
    "headline": "Headline",
    "update_label": "Update label",
    "teaser": "Teaser",
    "published_on": "Published",
    "updated_on": "Updated",
    "notes_to_editors": "Notes to editors",
    "topics": "Topics",
    "areas": "Areas",
    "links": "Links",
}


async def article_page(request: Request, datasette: Datasette) -> Response:
    """Answer ``/articles/7`` and, for links that outlive a rebuild, ``/articles/node/12728``."""
    name = request.url_vars["name"]
    found = await ask(datasette, _article, name)
    if found is None:
        raise NotFound(f"No article {name} is in this archive.")
    return Response.html(await datasette.render_template("article.html", found, request=request))


def _article(db: Database, name: str) -> dict[str, Any] | None:
    try:
        stored = stored_article(db, resolve_article(db, name, site=site_of(db) or ""))
    except UnknownArticleError:
        return None
    link_speakers(db, list(stored.quotes))
    return {
        "stored": stored,
        "article": stored.article,
        "capture": stored.capture,
        "parts": parts(stored),
        "notes": outside(stored, "notes"),
        "further": [link for link in stored.links if link["section"] == "further_reading"],
        "links": _body_links(stored),
        "captions": [block["text"] for block in stored.blocks if block["kind"] == "caption"],
        "versions": list(reversed(stored.versions)),
        "citation": citation_of(db, stored.article["id"], None),
        "date_source": SOURCES.get(stored.article["published_on_source"], ""),
        "areas": _listed(stored.article["areas"]),
        "topics": _listed(stored.article["topics"]),
    }


def _listed(joined: str | None) -> list[str]:
    return joined.split("; ") if joined else []


def _body_links(stored: StoredArticle) -> list[dict[str, Any]]:
    """Return the links of the text, each address once, in the order of the page."""
    links = [link for link in stored.links if link["section"] != "further_reading"]
    return list({link["url"]: link for link in reversed(links)}.values())[::-1]


async def changes_page(request: Request, datasette: Datasette) -> Response:
    """Answer ``/articles/7/changes?from=1&to=2``; without numbers the last two versions."""
    name = request.url_vars["name"]
    older, newer = (whole_number(request.args.get(end)) for end in ("from", "to"))
    found = await ask(datasette, _changes, name, older, newer)
    if found is None:
        raise NotFound(f"Article {name} has no two such versions.")
    return Response.html(await datasette.render_template("changes.html", found, request=request))


def _changes(db: Database, name: str, older: int | None, newer: int | None) -> dict[str, Any] | None:
    try:
        article = article_row(db, resolve_article(db, name, site=site_of(db) or ""))
    except UnknownArticleError:
        return None
    versions = {version.version: version for version in versions_of(db, article["id"])}
    newer = newer if newer is not None else max(versions)
    older = older if older is not None else newer - 1
    if older not in versions or newer not in versions or older == newer:
        return None
    old, new = versions[min(older, newer)], versions[max(older, newer)]
    return _difference(article, list(versions.values()), old, new)


def _difference(article: dict[str, Any], versions: list[Version], old: Version, new: Version) -> dict[str, Any]:
    return {
        "article": article,
        "versions": versions,
        "old": old,
        "new": new,
        "diff": compare_versions(old, new, language=article["language"]),
        "fields": FIELDS,
    }
