"""One HTTP exchange as it is written to and read from WARC."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import lru_cache

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and its answer. ``body`` is unchunked but still content-encoded.

    ``fetched_at`` is UTC, ISO 8601, with ``Z``. ``body`` is empty for a 304.
    """

    url: str
    fetched_at: str
    status: int
    reason: str
    headers: Headers
    body: bytes
    protocol: str = "HTTP/1.1"
    request_method: str = "GET"
    request_headers: Headers = ()
    ip_address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The earlier capture that a revisit record refers to."""

    url: str
    fetched_at: str
    payload_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Where a record went: bytes of the compressed member in ``file`` (a name, not a path)."""

    file: str
    offset: int
    length: int
    payload_digest: str


@lru_cache(maxsize=2)  # the same answer is asked about by who looks for its original and by who writes it
def payload_digest(body: bytes) -> str:
    """``sha256:`` and base32 of the payload: the form of ``WARC-Payload-Digest``."""
    return "sha256:" + base64.b32encode(hashlib.sha256(body).digest()).decode("ascii")


def header(headers: Headers, name: str) -> str | None:
    """Return the last value of a header, whatever its case; None when it is absent or empty."""
    values = [value for key, value in headers if key.lower() == name.lower()]
    return values[-1].strip() or None if values else None
