"""Addresses: one story, many of them."""

from __future__ import annotations

import re
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from cpsscrape.normalise.areas import joined_slugs

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")

SITE = "https://www.cps.gov.uk"
HOSTS = frozenset({"cps.gov.uk", "www.cps.gov.uk"})
LISTING_PATHS = ("/news", "/cps-says", "/articles-and-speeches")
LISTING_NODES = frozenset({8277, 8776, 8777})

_TRACKING = re.compile(
    r"^(?:utm_.*|gclid|gclsrc|dclid|fbclid|msclkid|twclid|igshid|yclid|mc_[ce]id|_ga|_gl|_hs\w+|ref|ref_src|"
    r"source|cmpid|icid|amp)$",
    re.IGNORECASE,
)
# Replayed pages: "https://web.archive.org/web/20210615101010/https://www.cps.gov.uk/…", "…/ukgwa/20210615im_/https:/…"
_ARCHIVED = re.compile(
    r"^https?://(?:web\.archive\.org/web|webarchive\.nationalarchives\.gov\.uk(?:/ukgwa)?)/\d{4,14}(?:[a-z]{2}_)?/"
    r"(?P<url>https?:/.*)$",
    re.IGNORECASE,
)
_NODE = re.compile(r"^(?:/(?:cy|en))?/node/(\d{1,9})$")
_STORY = re.compile(
    r"^(?:/cy|/en)?(?:"
    r"/[^/]+/(?:news|newyddion|blogs?|speech(?:es)?|articles?|cps-says)/[^/]+"
    r"|/(?:news|newyddion|cps-says|articles-and-speeches|speech(?:es)?|articles?|blogs?)/[^/]+"
    r"|/news/(?:latest_news|nationalnews|fact_sheets|articles|speeches)(?:/[^/]+)+"
    r"|/node/\d{1,9}"
    r")$"
)
_LISTING = re.compile(
    r"^(?:/cy|/en)?(?:/news|/newyddion|/cps-says|/articles-and-speeches|/[^/]+/news|/news/latest_news)$"
)


# A path that is canonical as it stands: most are, and are not taken apart.
_CLEAN_PATH = re.compile(r"(?!/(?:cy|en)/node/)(?:/[\w~-][\w.~-]*)+", re.ASCII)


_CLEAN_LINK = re.compile(r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[\w~-][\w.~-]*)+", re.ASCII)


_LONG = 500  # characters; a "data:" address may hold a whole page


def _remembered(function: Callable[P, T]) -> Callable[P, T]:
    """Keep the answers: a page has a hundred links in menus that are those of every other page."""
    cached = lru_cache(maxsize=4096)(function)

    @wraps(function)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        if len(str(args[0])) > _LONG:
            return function(*args, **kwargs)
        return cached(*args, **kwargs)  # type: ignore[arg-type] # addresses and sites are text

    return asked


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
        _ = parts.port  # a port such as "80a" is found out only when it is asked for
    except ValueError:
        return None
    return parts


def _host(parts: SplitResult) -> str:
    """Host and port in lower case, without a port that says nothing."""
    name = (parts.hostname or "").rstrip(".")
    default = {"http": 80, "https": 443}.get(parts.scheme)
    return name if parts.port in (None, default) else f"{name}:{parts.port}"


@lru_cache(maxsize=64)
def _site_parts(site: str) -> tuple[str, str]:
    parts = _split(site)
    return (parts.scheme or "https", _host(parts)) if parts else ("https", "www.cps.gov.uk")


@lru_cache(maxsize=1024)
def site_of(url: str) -> str:
    """The site whose archive this address belongs to; the CPS's own for what is no web address."""
    parts = _split(original_url(url))
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return SITE
    host = _host(parts)
    return SITE if host in HOSTS else f"{parts.scheme}://{host}"


@_remembered
def is_on_site(url: str, site: str = SITE) -> bool:
    """Whether an absolute address is on the site; the CPS's own host counts as any site's."""
    if url.startswith(f"{SITE}/"):
        return True
    parts = _split(url)
    if parts is None or parts.scheme not in ("http", "https"):
        return False
    host = _host(parts)
    return host in HOSTS or host == _site_parts(site)[1] or f"www.{host}" == _site_parts(site)[1]


def original_url(url: str) -> str:
    """The address that a web archive's own address names; any other address as it is."""
    match = _ARCHIVED.match(url)
    return match["url"] if match else url


@_remembered
def canonical_url(url: str, site: str = SITE) -> str:
    """The one form of an address under which a story is stored.

    Scheme and host become the site's; fragment, tracking parameters, trailing slash and
    ``/cy/node/N``'s prefix go; a story's query goes altogether. Off-site stays as it is.
    """
    if url.startswith(site) and _CLEAN_PATH.fullmatch(url, len(site)) and site[-1] != "/":
        return url
    mended = original_url(_mended(url))
    if mended.startswith("/") and not mended.startswith("//"):
        mended = site.rstrip("/") + mended
    if not is_on_site(mended, site):
        return url.strip()
    parts = _split(mended)
    assert parts is not None, "an address on the site can be split"
    scheme, host = _site_parts(site)
    path = _path(parts.path)
    query = "" if _STORY.match(path) else _query(parts.query)
    return urlunsplit((scheme, host, path, query, ""))


def _mended(url: str) -> str:
    """Undo one escaping too many: ``?page=1&amp%3Barea=4`` was met in pagers."""
    url = "".join(url.split())
    if "amp" not in url.lower():
        return url
    return re.sub(
        r"&(?:amp(?:;|%3B)|%26amp%3B)+", "&", re.sub(r"%26(?=amp)", "&", url, flags=re.IGNORECASE), flags=re.IGNORECASE
    )


def _path(path: str) -> str:
    """A path without trailing slash, doubled slashes and an escaped fragment (``%23main``)."""
    if _CLEAN_PATH.fullmatch(path):
        return path
    path = re.sub(r"/{2,}", "/", re.split(r"%23", path, maxsplit=1)[0])
    path = quote(path, safe="/%:@!$&'()*+,;=~-._").rstrip("/")
    path = re.sub(r"%[0-9a-fA-F]{2}", lambda match: match[0].upper(), path)
    node = _NODE.match(path)
    return f"/node/{node[1]}" if node else path


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True, errors="replace", max_num_fields=None)
    return urlencode([(key, value) for key, value in pairs if not _TRACKING.match(key)])


@_remembered
def node_id_of(url: str) -> int | None:
    """The node id that ``/node/N`` or ``/cy/node/N`` names."""
    parts = _split(url)
    node = _NODE.match(parts.path.rstrip("/")) if parts else None
    return int(node[1]) if node else None


@_remembered
def is_story_url(url: str, site: str = SITE) -> bool:
    """Whether an address on the site looks like that of a single story."""
    if not is_on_site(url, site) or node_id_of(url) in LISTING_NODES:
        return False
    parts = _split(url)
    return parts is not None and _STORY.match(_path(parts.path)) is not None and not is_listing_url(url, site)


@_remembered
def is_story_href(href: str) -> bool:
    """Whether a link as written leads to something like a story, on whatever site."""
    path = re.sub(r"^(?:https?:)?//[^/?#]*", "", href.strip()).partition("#")[0].partition("?")[0]
    return path.startswith("/") and _STORY.match(path.rstrip("/")) is not None


@_remembered
def is_listing_url(url: str, site: str = SITE) -> bool:
    """Whether an address on the site is a list of stories; its query does not matter."""
    if not is_on_site(url, site):
        return False
    parts = _split(url)
    return parts is not None and (node_id_of(url) in LISTING_NODES or _LISTING.match(_path(parts.path)) is not None)


def area_slugs(url: str) -> tuple[str, ...]:
    """Slugs of the areas an address names: ``/london-north-london-south/news/…`` names two."""
    parts = _split(url)
    if parts is None:
        return ()
    steps = re.sub(r"^/(?:cy|en)(?=/)", "", parts.path).split("/")
    return joined_slugs(steps[1].casefold()) if len(steps) > 2 else ()


@_remembered
def absolute_url(link: str, base: str) -> str | None:
    """A link as written on a page, made absolute; None for ``mailto:``, ``javascript:`` and their like."""
    if link.startswith("https://") and _CLEAN_LINK.fullmatch(link):
        return original_url(link)
    if link[:1] == "/" and _CLEAN_PATH.fullmatch(link) and base.startswith(f"{SITE}/"):
        return SITE + link
    link = _mended(link) if "amp" in link else "".join(link.split("\n")).strip()
    try:
        joined = urljoin(base, link)
    except ValueError:
        return None
    joined = original_url(joined)
    parts = _split(joined)
    return joined if parts and parts.scheme in ("http", "https") and parts.hostname else None


def listing_url(
    site: str = SITE,
    path: str = "/news",
    *,
    area: int | str | None = None,
    crime_type: int | str | None = None,
    page: int = 0,
) -> str:
    """The address of one page of a listing, from known parameters only.

    ``/news`` without an area is filtered to the national one by the site itself.
    """
    known = {"crime_type": crime_type, "area": area, "page": page or None}
    query = urlencode({key: value for key, value in known.items() if value is not None})
    return f"{site.rstrip('/')}{path}" + (f"?{query}" if query else "")


def listing_base(url: str, site: str = SITE) -> tuple[str, int | None]:
    """The address of a listing's first page, and the area it is filtered to, for any of its pages."""
    parts = _split(canonical_url(url, site))
    query = dict(parse_qsl(parts.query)) if parts else {}
    area = query.get("area", "")
    number = int(area) if area.isdecimal() and len(area) < 9 else None
    return listing_url(site, parts.path if parts else "/news", area=number), number
