from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpsscrape.exceptions import UsageError
from cpsscrape.normalise.areas import areas
from cpsscrape.spiders.arguments import NewsArguments, is_loopback
from cpsscrape.spiders.windows import Window


def test_nothing_given_means_everything():
    assert NewsArguments.parse({}) == NewsArguments()
    assert NewsArguments().areas is None


@pytest.mark.parametrize("area", areas(), ids=lambda area: str(area.id))
def test_an_area_is_known_by_number_and_by_slug(area):
    assert NewsArguments.parse({"areas": str(area.id)}).areas == (area.id,)
    assert NewsArguments.parse({"areas": area.slug.upper()}).areas == (area.id,)


def test_areas_are_a_set_in_order_so_that_the_same_run_is_resumed():
    assert NewsArguments.parse({"areas": "wessex, 7,11"}) == NewsArguments.parse({"areas": "7,wessex"})


@pytest.mark.parametrize(
    ("given_site", "site"),
    [
        ("https://www.cps.gov.uk", "https://www.cps.gov.uk"),
        ("www.cps.gov.uk", "https://www.cps.gov.uk"),
        ("https://cps.gov.uk/", "https://www.cps.gov.uk"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_one_site_has_one_name(given_site, site):
    assert NewsArguments.parse({"site": given_site}).site == site


@given(st.text(max_size=30), st.sampled_from(["site", "areas", "since", "until", "full", "limit"]))
def test_any_word_is_understood_or_refused_in_a_sentence(word, name):
    try:
        NewsArguments.parse({name: word})
    except UsageError as error:
        assert len(str(error).splitlines()) == 1 or "\n" in word or "\r" in word or len(word.splitlines()) > 1
        assert name in str(error)


@pytest.mark.parametrize(
    ("site", "local"),
    [
        ("http://127.0.0.1:80", True),
        ("http://localhost", True),
        ("http://[::1]", True),
        ("http://127.0.0.2", True),
        ("http://10.0.0.1", False),
        ("https://www.cps.gov.uk", False),
        ("http://localhost.example.invalid", False),
    ],
)
def test_loopback_is_this_machine_only(site, local):
    assert is_loopback(site) is local


@given(st.dates(), st.none() | st.dates(), st.none() | st.dates())
def test_a_window_has_both_ends_in_it(day, since, until):
    window = Window(since=since and since.isoformat(), until=until and until.isoformat())
    inside = (since is None or since <= day) and (until is None or day <= until)
    assert window.holds(day.isoformat()) is inside
    assert window.holds(None), "a story without a date is asked for"
    assert not (window.is_past(day.isoformat()) and window.holds(day.isoformat()))
