"""What ``-a`` means to each spider, checked before a crawl starts."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import asdict, dataclass, fields
from datetime import date
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from cpsscrape.exceptions import UsageError
from cpsscrape.normalise.areas import area_by_id, area_by_slug, areas
from cpsscrape.normalise.urls import SITE
from cpsscrape.spiders.web_archives import ARCHIVES, WebArchive

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments(ABC):
    """What each spider's arguments can do."""

    @classmethod
    @abstractmethod
    def parse(cls, given: Mapping[str, str]) -> Self:
        """Read the words of the command line. Raises UsageError naming what would be right."""

    @classmethod
    def names(cls) -> list[str]:
        """Return the arguments' names."""
        return [field.name for field in fields(cls)]

    def as_dict(self) -> dict[str, Any]:
        """Return the arguments as ``runs.arguments`` stores them."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsArguments(Arguments):
    """``-a`` of ``scrapy crawl news``; ``areas`` are ids, or None for all of them."""

    site: str = SITE
    areas: tuple[int, ...] | None = None
    since: str | None = None
    until: str | None = None
    full: bool = False
    limit: int | None = None

    @classmethod
    def parse(cls, given: Mapping[str, str]) -> Self:
        """Read the words of the command line. Raises UsageError naming what would be right."""
        refuse_unknown("news", given, cls)
        since, until = _day("since", given.get("since")), _day("until", given.get("until"))
        if since and until and since > until:
            raise UsageError(f"since={since} is after until={until}: nothing lies between.")
        return cls(
            site=_site(given.get("site", SITE)),
            areas=_areas(given.get("areas", "all")),
            since=since,
            until=until,
            full=_flag("full", given.get("full", "0")),
            limit=_count("limit", given.get("limit")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayArguments(Arguments):
    """``-a`` of ``scrapy crawl replay``; no ``source`` means the archive's own WARC files."""

    source: tuple[str, ...] = ()

    @classmethod
    def parse(cls, given: Mapping[str, str]) -> Self:
        """Read the words of the command line. Raises UsageError naming what would be right."""
        refuse_unknown("replay", given, cls)
        paths = tuple(part.strip() for part in given.get("source", "").split(",") if part.strip())
        for path in paths:
            if not Path(path).expanduser().exists():
                raise UsageError(f"source={path!r} does not exist; give files or folders, separated by commas.")
        return cls(source=tuple(str(Path(path).expanduser().resolve()) for path in paths))


@dataclass(frozen=True, slots=True, kw_only=True)
class BackfillArguments(Arguments):
    """``-a`` of ``scrapy crawl backfill``: a known archive, or the addresses of another one.

    ``files`` stands in place of ``replay`` where the index names a WARC file and a range of its
    bytes. ``site`` is needed only for an archive that is new and not of the CPS's own site.
    """

    archive: str | None = None
    cdx: str | None = None
    replay: str | None = None
    files: str | None = None
    site: str | None = None
    limit: int | None = None

    @classmethod
    def parse(cls, given: Mapping[str, str]) -> Self:
        """Read the words of the command line. Raises UsageError naming what would be right."""
        refuse_unknown("backfill", given, cls)
        archive, cdx, replay, files = (given.get(name) for name in ("archive", "cdx", "replay", "files"))
        if archive is not None and archive not in ARCHIVES:
            raise UsageError(f"archive={archive!r} is unknown; give {', '.join(ARCHIVES)}, or cdx= and replay=.")
        places = (replay is not None) + (files is not None)
        if (archive is None) == (cdx is None) or places != (cdx is not None):
            known = ", ".join(ARCHIVES)
            raise UsageError(f"give archive= ({known}), or both cdx=URL and replay=URL-TEMPLATE (or files=URL).")
        if replay is not None and ("{timestamp}" not in replay or "{url}" not in replay):
            raise UsageError("replay= needs {timestamp} and {url} in it: http://HOST/COLLECTION/{timestamp}id_/{url}.")
        site = _site(given["site"]) if "site" in given else None
        limit = _count("limit", given.get("limit"))
        return cls(archive=archive, cdx=cdx, replay=replay, files=files, site=site, limit=limit)

    @property
    def web_archive(self) -> WebArchive:
        """The archive that is meant."""
        if self.archive is not None:
            return ARCHIVES[self.archive]
        assert self.cdx is not None
        name = urlsplit(self.cdx).hostname or "cdx"
        return WebArchive(name=name, cdx=self.cdx, replay=self.replay, files=self.files)


def refuse_unknown(spider: str, given: Mapping[str, str], known: type[Arguments]) -> None:
    """Refuse arguments the spider does not have, naming those it has."""
    for name in given:
        if name not in known.names():
            raise UsageError(f"{spider} has no argument {name!r}; it has {', '.join(known.names())}.")


def is_loopback(site: str) -> bool:
    """Whether a site is this machine, where politeness towards others does not apply."""
    host = urlsplit(site).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _site(text: str) -> str:
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        port = parts.port
    except ValueError:
        raise UsageError(f"site={text!r} is no address; give one such as {SITE}.") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise UsageError(f"site={text!r} must be http(s)://HOST[:PORT] and nothing more, such as {SITE}.")
    host = parts.hostname if ":" not in parts.hostname else f"[{parts.hostname}]"
    if host == "cps.gov.uk":
        host = "www.cps.gov.uk"
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")


def _areas(text: str) -> tuple[int, ...] | None:
    if text.strip().lower() in {"all", ""}:
        return None
    found = []
    for word in (part.strip().lower() for part in text.split(",")):
        area = area_by_id(int(word)) if word.isdecimal() else area_by_slug(word)
        if area is None:
            right = ", ".join(f"{a.id} ({a.slug})" for a in areas())
            raise UsageError(f"areas={word!r} is no area; give all, or some of {right}.")
        found.append(area.id)
    return tuple(sorted(set(found)))


def _day(name: str, text: str | None) -> str | None:
    if text is None:
        return None
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise UsageError(f"{name}={text!r} is no date; write it as YYYY-MM-DD, such as 2024-08-09.")


def _flag(name: str, text: str) -> bool:
    if text.lower() in {"1", "true", "yes", "on"}:
        return True
    if text.lower() in {"0", "false", "no", "off", ""}:
        return False
    raise UsageError(f"{name}={text!r} is neither 1 nor 0.")


def _count(name: str, text: str | None) -> int | None:
    if text is None:
        return None
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise UsageError(f"{name}={text!r} is no number of articles; give one from 1 up.")


PARSERS: dict[str, type[Arguments]] = {"news": NewsArguments, "replay": ReplayArguments, "backfill": BackfillArguments}
