"""CDXJ lines: what a WARC file holds, in the order and the form that replay tools look it up."""

from __future__ import annotations

import json
import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from cpsscrape.warc.exchange import payload_digest
from cpsscrape.warc.index import ANSWERS
from cpsscrape.warc.reader import read_warc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cpsscrape.warc.reader import Record

_WWW = re.compile(r"^www\d*\.")
_IP = re.compile(r"^\d{1,3}(?:\.\d{1,3}){3}$")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def cdxj_lines(path: Path, *, name: str | None = None) -> Iterator[str]:
    """Yield a line for each answer in a WARC file, in file order; a sorted index sorts them as bytes.

    ``name`` is how the index calls the file, by default its own name.
    """
    for record in read_warc(path, damaged=[]):
        if record.type in ANSWERS and record.url:
            fields = {
                "url": record.url,
                "mime": "warc/revisit" if record.type == "revisit" else _mime(record),
                "status": str(record.status if record.status is not None else 200),
                "digest": record.payload_digest or payload_digest(record.body),
                "length": str(record.length),
                "offset": str(record.offset),
                "filename": name or path.name,
            }
            yield f"{surt(record.url)} {_stamp(record.date)} {json.dumps(fields)}"


def surt(url: str) -> str:
    """Return the sort-friendly form of an address: ``uk,gov,cps)/news?area=122``.

    As in the ``surt`` package: scheme, ``www.``, fragment and the case of letters do not count,
    and a query's parts are in alphabetical order. What is no web address stays as it is.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return url
    host = parts.hostname.rstrip(".").lower()
    labels = host if _IP.match(host) else _WWW.sub("", host)
    reverse = ",".join(reversed(labels.split(".")))
    suffix = f":{port}" if port not in {None, _DEFAULT_PORTS[parts.scheme]} else ""
    query = "&".join(sorted(_escaped(parts.query).lower().split("&")))
    return f"{reverse}{suffix}){_path(parts.path)}" + (f"?{query}" if query else "")


def _path(path: str) -> str:
    steps = posixpath.normpath(_escaped(path) or "/").lower()
    return "/" + steps.lstrip("/")


def _escaped(text: str) -> str:
    return quote(text, safe="/%:@!$&'()*+,;=~-._?[]|\"<>{}^`\\")


def _mime(record: Record) -> str:
    return (record.content_type or "unk").split(";")[0].strip().lower() or "unk"


def _stamp(date: str) -> str:
    return re.sub(r"\D", "", date)[:14]
