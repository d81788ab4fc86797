"""How each faulty address answers. ``faults.py`` says in words what this does in bytes."""

from __future__ import annotations

import gzip
import time
import zlib
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from cpsscrape.demo.answers import HTML, Answer, page, redirect
from cpsscrape.demo.other_pages import CHALLENGE, NOT_FOUND, PDF, SERVER_ERROR, UNAVAILABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHAIN = 40
MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A request for a faulty address: the story it should give, its count, what follows the slug."""

    plain: Answer
    visit: int
    base: str
    path: str
    rest: str


def fault_answer(name: str, occasion: Occasion) -> Answer:
    """What the address of that fault answers."""
    return ANSWERS[name](occasion)


def _once(trouble: Answer) -> Callable[[Occasion], Answer]:
    return lambda occasion: trouble if occasion.visit == 1 else occasion.plain


def _away(location: str) -> Callable[[Occasion], Answer]:
    return lambda _: redirect(location, status=302)


def _always(answer: Answer) -> Callable[[Occasion], Answer]:
    return lambda _: answer


def _loop(occasion: Occasion) -> Answer:
    return redirect(f"{occasion.base}{occasion.path}{'' if occasion.rest else '/back'}", status=302)


def _chain(occasion: Occasion) -> Answer:
    hop = int(occasion.rest.strip("/") or "0")
    if hop >= CHAIN:
        return occasion.plain
    return redirect(f"{occasion.base}{occasion.path}/{hop + 1}", status=302)


def _cut_once(occasion: Occasion) -> Answer:
    return _cut(occasion) if occasion.visit == 1 else occasion.plain


def _cut(occasion: Occasion) -> Answer:
    return replace(occasion.plain, ending="cut")


def _stalled(occasion: Occasion) -> Answer:
    def drip() -> Iterator[bytes]:
        for byte in occasion.plain.body[:240]:
            time.sleep(0.25)
            yield bytes([byte])

    length = ("Content-Length", str(len(occasion.plain.body)))
    return replace(occasion.plain, headers=(*occasion.plain.headers, length), stream=drip)


def _endless(occasion: Occasion) -> Answer:
    def pour() -> Iterator[bytes]:
        yield occasion.plain.body
        more = b"<p>And there is more to be said about this.</p>\n" * 1365
        for _ in range(2048):
            yield more

    return replace(occasion.plain, stream=pour, chunked=True)


@cache
def _zeros() -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    block = bytes(MEGABYTE)
    return b"".join(packer.compress(block) for _ in range(256)) + packer.flush()


def _bomb(occasion: Occasion) -> Answer:
    return _coded(occasion.plain, "gzip", _zeros())


def _coded(plain: Answer, coding: str, body: bytes) -> Answer:
    return replace(plain, headers=(*plain.headers, ("Content-Encoding", coding)), body=body)


def _gzip(occasion: Occasion) -> Answer:
    return replace(_coded(occasion.plain, "gzip", gzip.compress(occasion.plain.body, mtime=0)), chunked=True)


def _deflate(occasion: Occasion) -> Answer:
    return _coded(occasion.plain, "deflate", zlib.compress(occasion.plain.body))


def _deflate_raw(occasion: Occasion) -> Answer:
    packer = zlib.compressobj(wbits=-15)
    return _coded(occasion.plain, "deflate", packer.compress(occasion.plain.body) + packer.flush())


def _coding_broken(occasion: Occasion) -> Answer:
    return _coded(occasion.plain, "gzip", b"\x1f\x8b\x08\x00" + occasion.plain.body[:400])


def _more_headers(occasion: Occasion, *headers: tuple[str, str]) -> Answer:
    return replace(occasion.plain, headers=(*occasion.plain.headers, *headers))


def _giant_header(occasion: Occasion) -> Answer:
    return _more_headers(occasion, ("X-Padding", "x" * (256 * 1024)))


def _many_headers(occasion: Occasion) -> Answer:
    return _more_headers(occasion, *((f"X-Padding-{number}", "x") for number in range(10_000)))


def _repeated_headers(occasion: Occasion) -> Answer:
    return _more_headers(
        occasion,
        ("Set-Cookie", "first=1; Path=/"),
        ("Set-Cookie", "second=2; Path=/"),
        ("set-cookie", "third=3; Path=/"),
        ("Vary", "Accept-Encoding"),
        ("Vary", "Cookie"),
    )


def _nested(occasion: Occasion) -> Answer:
    depth = 100_000
    body = occasion.plain.body.replace(b"<h1", b"<div>" * depth + b"<h1", 1)
    return replace(occasion.plain, body=body.replace(b"</main>", b"</div>" * depth + b"</main>", 1))


def _one_line(occasion: Occasion) -> Answer:
    line = b"The desk sent the same sentence again and again, and nobody stopped it. " * (5 * MEGABYTE // 72)
    return replace(occasion.plain, body=occasion.plain.body.replace(b"<p>This notice", b"<p>" + line + b"This notice"))


def _nul_bytes(occasion: Occasion) -> Answer:
    body = occasion.plain.body.replace(b"need do nothing", b"need\x00 do \x00nothing\x00")
    return replace(occasion.plain, body=body)


def _charset_wrong(occasion: Occasion) -> Answer:
    return replace(occasion.plain, body=occasion.plain.body.decode().encode("cp1252", "xmlcharrefreplace"))


def _charset_unknown(occasion: Occasion) -> Answer:
    others = tuple(pair for pair in occasion.plain.headers if pair[0] != "Content-Type")
    return replace(occasion.plain, headers=(("Content-Type", "text/html; charset=x-nowhere"), *others))


ANSWERS: dict[str, Callable[[Occasion], Answer]] = {
    "redirect-offsite": _away("http://offsite.invalid/stories/1"),
    "redirect-loopback": _away("http://127.0.0.2/stories/1"),
    "redirect-ftp": _away("ftp://offsite.invalid/stories/1"),
    "redirect-file": _away("file:///etc/passwd"),
    "redirect-private": _away("http://10.0.0.1/stories/1"),
    "redirect-link-local": _away("http://169.254.169.254/latest/meta-data/"),
    "redirect-loop": _loop,
    "redirect-chain": _chain,
    "redirect-nowhere": _always(page("<!DOCTYPE html><title>Moved</title><p>Moved.</p>\n", status=302)),
    "disallowed": lambda occasion: occasion.plain,
    "forbidden": _always(page("<!DOCTYPE html><title>Forbidden</title><h1>Forbidden</h1>\n", status=403)),
    "error-once": _once(SERVER_ERROR),
    "error-always": _always(UNAVAILABLE),
    "too-many-once": _once(
        page("<!DOCTYPE html><h1>Too many requests</h1>\n", status=429, headers=(("Retry-After", "1"),))
    ),
    "reset-once": _once(Answer(status=200, ending="reset")),
    "reset-always": _always(Answer(status=200, ending="reset")),
    "cut-once": _cut_once,
    "cut-always": _cut,
    "slow": lambda occasion: replace(occasion.plain, delay=1.5),
    "stalled": _stalled,
    "endless-body": _endless,
    "bomb": _bomb,
    "coding-broken": _coding_broken,
    "giant-header": _giant_header,
    "many-headers": _many_headers,
    "nested": _nested,
    "one-line": _one_line,
    "nul-bytes": _nul_bytes,
    "charset-wrong": _charset_wrong,
    "charset-unknown": _charset_unknown,
    "challenge": _always(page(CHALLENGE)),
    "empty-page": _always(Answer(status=200, headers=(("Content-Type", HTML),))),
    "soft-404": _always(page(NOT_FOUND)),
    "pdf": _always(Answer(status=200, headers=(("Content-Type", "application/pdf"),), body=PDF)),
    "repeated-headers": _repeated_headers,
    "chunked": lambda occasion: replace(occasion.plain, chunked=True),
    "gzip": _gzip,
    "deflate": _deflate,
    "deflate-raw": _deflate_raw,
}
