"""Who a story is: its node id, its canonical address, and the other addresses it answers to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cpsscrape.normalise.urls import (
    LISTING_NODES,
    SITE,
    absolute_url,
    canonical_url,
    is_listing_url,
    is_on_site,
    is_story_href,
    node_id_of,
    site_of,
)
from cpsscrape.pages.base import head_of, parsed
from cpsscrape.pages.encoding import decoded

if TYPE_CHECKING:
    from cpsscrape.pages.base import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Addresses of one story, canonical for the site it was read from.

    ``linked`` is true where the page itself names one, as no robot check does.
    """

    url: str
    node_id: int | None
    aliases: tuple[str, ...]
    url_rule: str
    linked: bool
    node_rule: str | None


def identity_of(head: Head, url: str) -> Identity:
    """Read shortlink and canonical link; fall back on the address that answered.

    A link to another host, to the front page or to a listing is no identity.
    """
    site = site_of(url)
    short = _own(head.links.get("shortlink"), url, site)
    canonical = _own(head.links.get("canonical"), url, site)
    own = canonical_url(url, site)
    graph = _own(head.meta.get("og:url"), url, site)
    rule, chosen = next(
        ((rule, link) for rule, link in (("link rel=canonical", canonical), ("meta og:url", graph)) if link),
        ("the address that answered", own),
    )
    if node_id_of(chosen) and not node_id_of(own) and is_on_site(own, site):
        rule, chosen = "the address that answered", own
    node_rule, node_id = None, None
    for name, link in (("link rel=shortlink", short), ("link rel=canonical", canonical), ("the address", own)):
        node_id = node_id_of(link) if link else None
        if node_id is not None and node_id not in LISTING_NODES:
            node_rule = name
            break
        node_id = None
    if not (canonical or graph) and node_id_of(own) is None and not is_on_site(own, site) and short:
        chosen, rule = short, "link rel=shortlink"
    others = (own, url.strip(), canonical, short, graph, f"{site}/node/{node_id}" if node_id else None)
    aliases = tuple(dict.fromkeys(link for link in others if link and link != chosen and "://" in link))
    return Identity(
        url=chosen,
        node_id=node_id,
        aliases=aliases,
        url_rule=rule,
        node_rule=node_rule,
        linked=bool(short or canonical),
    )


def is_list_head(head: Head, url: str) -> bool:
    """Whether the canonical link names the front page or a listing."""
    link = head.links.get("canonical")
    if link and is_story_href(link):
        return False
    absolute = absolute_url(link, url if "://" in url else SITE) if link else None
    if absolute is None or not is_on_site(absolute, site_of(url)):
        return False
    return is_listing_url(absolute, site_of(url)) or not urlsplit(absolute).path.strip("/")


def stated_url(body: bytes, content_type: str) -> str | None:
    """The address a saved page says it has: canonical link, shortlink or ``og:url``; None if it does not."""
    head = head_of(parsed(decoded(body, content_type, url="").data, ""))
    named = (head.links.get("canonical"), head.links.get("shortlink"), head.meta.get("og:url"))
    return next((link for link in named if link and link.startswith(("http://", "https://"))), None)


def _own(link: str | None, url: str, site: str) -> str | None:
    """A link as a canonical address of the site; None where it names no single page of it."""
    absolute = absolute_url(link, url if "://" in url else site) if link else None
    if absolute is None or not is_on_site(absolute, site) or is_listing_url(absolute, site):
        return None
    canonical = canonical_url(absolute, site)
    return canonical if urlsplit(canonical).path else None
