from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Headers = tuple[tuple[str, str], ...]
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server is to send: the status, the headers in their order, and the body as it goes out.

    A ``stream`` replaces ``body`` and is sent piece by piece, chunked where ``chunked`` says so.
    ``ending`` is how the connection ends: ``cut`` sends half of what Content-Length promises, ``reset``
    sends nothing at all. ``delay`` is in seconds, before the first byte.
    """

    status: int
    headers: Headers = ()
    body: bytes = b""
    stream: Callable[[], Iterator[bytes]] | None = None
    chunked: bool = False
    ending: Literal["whole", "cut", "reset"] = "whole"
    delay: float = 0.0

    def header(self, name: str) -> str | None:
        """The first header of that name, in whatever case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def page(markup: str, *, status: int = 200, headers: Headers = ()) -> Answer:
    """An HTML page in UTF-8."""
    return Answer(status=status, headers=(("Content-Type", HTML), *headers), body=markup.encode())


def redirect(location: str, *, status: int = 301) -> Answer:
    """A redirect, with the small body that servers send along."""
    return Answer(
        status=status,
        headers=(("Location", location), ("Content-Type", HTML)),
        body=b"<!DOCTYPE html><title>Redirecting</title><p>Redirecting</p>\n",
    )


def entity_tag(body: bytes) -> str:
    """A strong validator: equal for equal bytes only."""
    return f'"{hashlib.sha256(body).hexdigest()[:20]}"'
