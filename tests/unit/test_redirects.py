from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpsscrape.middlewares.redirects import refusal

SITE = "https://www.cps.gov.uk"


@pytest.mark.parametrize(
    ("origin", "target"),
    [
        (SITE + "/node/1", SITE + "/national-news/news/a"),
        (SITE + "/a", "https://cps.gov.uk/a"),
        ("http://www.cps.gov.uk/a", SITE + "/a"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/b"),
        ("http://localhost:8000/a", "http://localhost:8000/b"),
    ],
)
def test_a_redirect_within_the_site_is_followed(origin, target):
    assert refusal(origin, target) is None


@pytest.mark.parametrize(
    ("origin", "target", "reason"),
    [
        (SITE + "/a", "https://offsite.invalid/a", "off site"),
        (SITE + "/a", "https://www.cps.gov.uk.offsite.invalid/", "off site"),
        (SITE + "/a", "https://www.cps.gov.uk@offsite.invalid/", "off site"),
        (SITE + "/a", "http://www.cps.gov.uk/a", "another scheme"),
        (SITE + "/a", "ftp://www.cps.gov.uk/a", "another scheme"),
        (SITE + "/a", "file:///etc/passwd", "another scheme"),
        (SITE + "/a", "javascript:alert(1)", "another scheme"),
        (SITE + "/a", "https://127.0.0.1/", "private"),
        (SITE + "/a", "https://localhost/", "private"),
        (SITE + "/a", "https://10.0.0.1/", "private"),
        (SITE + "/a", "https://[fe80::1]/", "private"),
        (SITE + "/a", "https://[::ffff:127.0.0.1]/", "private"),
        (SITE + "/a", "https://169.254.169.254/latest/meta-data/", "private"),
        (SITE + "/a", "https://www.cps.gov.uk:8443/", "off site"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.2:8000/a", "private"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:9000/a", "private"),
        (SITE + "/a", "https://[::1", "malformed"),
        (SITE + "/a", "https://www.cps.gov.uk:80a/", "malformed"),
    ],
)
def test_a_redirect_that_leads_away_is_refused_by_name(origin, target, reason):
    assert reason in (refusal(origin, target) or "")


@given(st.text(max_size=60))
def test_any_location_is_followed_on_site_or_refused(target):
    assert refusal(SITE + "/a", "https://" + target) is None or refusal(SITE + "/a", "https://" + target)


@given(st.ip_addresses())
def test_no_bare_address_is_ever_followed_from_the_site(address):
    host = f"[{address}]" if address.version == 6 else str(address)
    assert refusal(SITE + "/a", f"https://{host}/") is not None
