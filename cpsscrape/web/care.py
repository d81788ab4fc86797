"""The care rules of the pages: no index of people who speak for no office, no index by search engines.

The archive is one of documents. A person without an office is named where a document names them and
nowhere else: no page, no facet, no link, and the rows that Datasette would give them are denied. Free
SQL stays: the archive is its operator's. docs/publishing.md says what that means for a public one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from datasette.utils import tilde_decode
from datasette.utils.asgi import Response

from cpsscrape.web.asking import NAME, ask
from cpsscrape.web.questions import SPEAKER_ROW, STATEMENT_ROW

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from datasette.app import Datasette
    from sqlite_utils import Database

Asgi = Any  # an ASGI application; datasette ships no types
_ROWS = {"speakers": SPEAKER_ROW, "quote_speakers": STATEMENT_ROW}
_DENIED = (
    "This row belongs to somebody who does not speak for an office. Such people are named in the "
    "articles and nowhere else."
)
_OWN = ("/-/dashboards", "/articles/", "/assets/", "/quotes", "/search", "/speakers")
_BASE = "default-src 'none'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
_STRICT = _BASE + "frame-ancestors 'none'; script-src 'self'; style-src 'self'"
_CHARTS = _STRICT + " 'unsafe-inline'"  # Vega's tooltip brings its style along
_DATASETTE = _BASE + "frame-ancestors 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'"


def guard(app: Asgi, datasette: Datasette) -> Asgi:
    """Wrap the application: deny those rows, and give every answer its headers."""

    async def guarded(scope: dict[str, Any], receive: Asgi, send: Callable[[Any], Awaitable[None]]) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        path = _decoded(scope)

        async def with_headers(event: dict[str, Any]) -> None:
            if event["type"] == "http.response.start":
                event["headers"] = [*event.get("headers", []), *_headers(path)]
            await send(event)

        if await _is_denied(datasette, path):
            response = await _denial(datasette, path)
            await response.asgi_send(with_headers)
        else:
            await app(scope, receive, with_headers)

    return guarded


def _decoded(scope: dict[str, Any]) -> str:
    """Return the path as Datasette will understand it; ``~73peakers`` is ``speakers`` to it."""
    raw = scope.get("raw_path") or scope["path"].encode()
    path = raw.decode("latin-1").partition("?")[0]
    return "/".join(tilde_decode(unquote(part)) for part in path.split("/"))


async def _is_denied(datasette: Datasette, path: str) -> bool:
    """Deny every address under those tables unless the row is one of an office."""
    parts = path.split("/")
    if len(parts) < 4 or parts[1] != NAME or parts[2] not in _ROWS:
        return False
    keys = "/".join(parts[3:]).partition(".")[0].split(",")
    sql = _ROWS[parts[2]]
    if len(keys) != sql.count("?"):
        return True

    def is_office(db: Database) -> bool:
        return db.conn.execute(sql, keys).fetchone() is not None

    return not await ask(datasette, is_office)


async def _denial(datasette: Datasette, path: str) -> Response:
    if ".json" in path:
        return Response.json({"ok": False, "error": _DENIED, "status": 403, "title": "Not shown"}, status=403)
    context = {"title": "Not shown", "error": _DENIED, "status": 403}
    return Response.html(await datasette.render_template("error.html", context), status=403)


def _headers(path: str) -> list[tuple[bytes, bytes]]:
    policy = _DATASETTE
    if path == "/" or path.startswith(_OWN):
        policy = _CHARTS if path.startswith("/-/dashboards") else _STRICT
    found = {
        "x-robots-tag": "noindex, nofollow, noarchive",
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
    }
    return [(name.encode(), value.encode()) for name, value in found.items()]


def robots_txt() -> Response:
    """Ask every crawler to stay away: these are pages about people, published elsewhere already."""
    return Response.text("User-agent: *\nDisallow: /\n")
