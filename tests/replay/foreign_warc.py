"""WARC files as other people's crawlers write them, of whatever was said to have been answered when."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cpsscrape.demo.site import Site

Answered = tuple[str, str, int, bytes]  # address, time, status, body


def write_warc(path: Path, answers: Iterable[Answered], *, plain: bool = False) -> Path:
    """A file of responses; ``plain`` leaves it uncompressed."""
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=not plain, warc_version="WARC/1.0")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "some crawler"}))
        for url, at, status, body in answers:
            headers = StatusAndHeaders(
                f"{status} So", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
            )
            fields = {"WARC-Date": at}
            writer.write_record(
                writer.create_warc_record(
                    url,
                    "response",
                    payload=BytesIO(body),
                    length=len(body),
                    http_headers=headers,
                    warc_headers_dict=fields,
                )
            )
    return path


def page(site: Site, url: str, target: str) -> bytes:
    """What the miniature site at ``url`` answers."""
    return site.answer("GET", target, {"host": url.split("//")[1]}).body


def whole_site(site: Site, url: str, at: str) -> list[Answered]:
    """Every listing and every story of a site, a second apart from ``at`` (a day) on; listings first."""
    targets = ["/news?area=122", *(t for t in site.facts.listings if t != "/news?area=122")]
    targets += [fact.path for fact in site.facts.stories]
    return [
        (url + target, f"{at}T10:{number // 60:02}:{number % 60:02}.250Z", 200, page(site, url, target))
        for number, target in enumerate(targets)
    ]
