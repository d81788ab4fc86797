from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from cpsscrape.demo.answers import Answer, entity_tag
from cpsscrape.demo.other_pages import PDF, UNAVAILABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

ROBOTS = """User-agent: *
Crawl-delay: 0
Disallow: /search/
Disallow: /admin/
Disallow: /*/news/test-notice-disallowed
"""
WEBP = bytes.fromhex("524946461a000000574542505650384c0d0000002f00000010071011118888fe0700")


def site_file(path: str, faults: frozenset[str]) -> Answer | None:
    """robots.txt, the style sheet, and whatever is linked under ``/sites/default/files/``."""
    if path == "/robots.txt":
        if "robots-down" in faults:
            return UNAVAILABLE
        rules = "User-agent: *\nDisallow: /\n" if "robots-forbids" in faults else ROBOTS
        if "crawl-delay" in faults:
            rules = rules.replace("Crawl-delay: 0", "Crawl-delay: 1")
        answer = _file("text/plain; charset=utf-8", rules.encode())
        return replace(answer, stream=_huge_robots) if "robots-huge" in faults else answer
    if not path.startswith("/sites/default/files/"):
        return None
    if path.endswith(".css"):
        return _file("text/css; charset=utf-8", (files("cpsscrape.demo") / "site.css").read_bytes())
    if path.endswith(".pdf"):
        return _file("application/pdf", PDF)
    if path.endswith(".png"):
        return _file("image/png", _picture())
    if path.endswith(".webp"):
        return _file("image/webp", WEBP)
    return None


def _file(content_type: str, body: bytes) -> Answer:
    headers = (("Content-Type", content_type), ("ETag", entity_tag(body)))
    return Answer(status=200, headers=headers, body=body)


def _huge_robots() -> Iterator[bytes]:
    yield ROBOTS.encode()
    block = b"".join(b"Disallow: /never/linked/%06d\n" % number for number in range(35_000))
    for _ in range(50):
        yield block


@cache
def _picture() -> bytes:
    """A picture of 640 by 360 points, plain grey-blue: what matters is that it is one."""
    rows = (b"\x00" + b"\x8f\xa3\xb8" * 640) * 360
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 640, 360, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
