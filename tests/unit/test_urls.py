from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpsscrape.normalise.areas import area_by_id, area_by_name, area_by_slug, areas
from cpsscrape.normalise.urls import (
    absolute_url,
    area_slugs,
    canonical_url,
    is_listing_url,
    is_story_url,
    listing_url,
    node_id_of,
    site_of,
)

STORY = "https://www.cps.gov.uk/wessex/news/chef-jailed"


@pytest.mark.parametrize(
    "address",
    [
        STORY,
        "http://cps.gov.uk/wessex/news/chef-jailed/",
        "https://CPS.gov.uk:443//wessex/news/chef-jailed#main",
        "https://www.cps.gov.uk/wessex/news/chef-jailed?utm_source=x&fbclid=y",
        "https://www.cps.gov.uk/wessex/news/chef-jailed%23content",
        " /wessex/news/chef-jailed ",
        "https://web.archive.org/web/20240815101010id_/https://www.cps.gov.uk/wessex/news/chef-jailed",
    ],
)
def test_one_story_has_one_address(address: str) -> None:
    assert canonical_url(address) == STORY


def test_the_site_replaces_the_canonical_host() -> None:
    site = "http://127.0.0.1:8000"
    assert canonical_url(STORY, site) == "http://127.0.0.1:8000/wessex/news/chef-jailed"
    assert site_of("http://127.0.0.1:8000/news?page=1") == site
    assert site_of("https://cps.gov.uk/news") == "https://www.cps.gov.uk"
    assert site_of("file:///tmp/page.html") == "https://www.cps.gov.uk"


def test_listing_queries_keep_what_filters_and_lose_what_tracks() -> None:
    given_ = "https://www.cps.gov.uk/news?page=1&amp%3Barea=4&gclid=z#top"
    assert canonical_url(given_) == "https://www.cps.gov.uk/news?page=1&area=4"
    assert (
        canonical_url("https://www.cps.gov.uk/news?page=1&amp;amp;area=4")
        == "https://www.cps.gov.uk/news?page=1&area=4"
    )


def test_nodes() -> None:
    assert canonical_url("https://www.cps.gov.uk/cy/node/12728/") == "https://www.cps.gov.uk/node/12728"
    assert node_id_of("/cy/node/12728") == 12728
    assert node_id_of("https://www.cps.gov.uk/node/12728/edit") is None


def test_off_site_stays_as_it_is() -> None:
    for address in (
        "https://example.org/a/?utm_source=x#y",
        "mailto:a@b.c",
        "http://[::1",
        "https://cps.gov.uk.evil.example/x",
    ):
        assert canonical_url(address) == address


@given(st.text())
def test_canonical_is_stable_and_never_fails(address: str) -> None:
    once = canonical_url(address)
    assert canonical_url(once) == once
    is_story_url(address)
    is_listing_url(address)
    area_slugs(address)
    absolute_url(address, STORY)


@given(st.text(alphabet="/?#&=%;:.abcypn0123-", max_size=60))
def test_canonical_is_stable_on_the_site(path: str) -> None:
    once = canonical_url("https://www.cps.gov.uk/" + path)
    assert canonical_url(once) == once


def test_stories_and_listings() -> None:
    assert is_story_url(STORY)
    assert is_story_url("https://www.cps.gov.uk/node/12728")
    assert is_story_url("https://www.cps.gov.uk/news/latest_news/three_men_guilty/")
    assert not is_story_url("https://www.cps.gov.uk/node/8277")
    assert not is_story_url("https://www.cps.gov.uk/legal-guidance/charging")
    assert not is_story_url("https://example.org/wessex/news/chef-jailed")
    assert is_listing_url("https://www.cps.gov.uk/news?area=4&page=2")
    assert is_listing_url("https://www.cps.gov.uk/cy/node/8277")
    assert not is_listing_url(STORY)


def test_areas_of_an_address() -> None:
    assert area_slugs("https://www.cps.gov.uk/london-north-london-south/news/x") == ("london-north", "london-south")
    assert area_slugs("https://www.cps.gov.uk/national-news/news/x") == ("cps",)
    assert area_slugs("https://www.cps.gov.uk/cymruwales/news/x") == ("cymru-wales",)
    assert area_slugs("https://www.cps.gov.uk/cy/wessex/news/x") == ("wessex",)
    assert area_slugs("https://www.cps.gov.uk/wessex-atlantis/news/x") == ()


def test_area_look_ups() -> None:
    named = area_by_name("CPS Thames & Chiltern")
    assert named is not None
    assert named.id == 10
    national = area_by_name("CPS")
    assert national is not None
    assert national.slug == "cps"
    assert area_by_id(122) == area_by_slug("national-news") == national
    assert area_by_name("Atlantis") is None
    assert len({area.id for area in areas()}) == len(areas()) == 15


def test_both_copies_of_the_table_are_equal() -> None:
    shipped = files("cpsscrape.normalise").joinpath("areas.csv").read_bytes()
    assert shipped == (Path(__file__).parents[2] / "data" / "areas.csv").read_bytes()


def test_listing_addresses_are_built_from_known_parameters() -> None:
    assert listing_url() == "https://www.cps.gov.uk/news"
    assert listing_url("http://127.0.0.1:1/", "/news", area=4, page=2) == "http://127.0.0.1:1/news?area=4&page=2"
    assert listing_url(area=122, crime_type=18) == "https://www.cps.gov.uk/news?crime_type=18&area=122"


def test_links_that_lead_nowhere() -> None:
    for link in ("mailto:a@b.c", "javascript:void(0)", "tel:123", "http://[", ""):
        assert absolute_url(link, "x") is None
