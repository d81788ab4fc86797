from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpsscrape.normalise.dates import date_line, metadata_date, printed_date, teaser_date
from cpsscrape.normalise.prose_dates import prose_published, prose_updated

DAYS = st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2035, 12, 31))


@given(DAYS)
def test_every_printed_form_gives_its_day_back(day: dt.date) -> None:
    forms = ("%d %B %Y", "%d %b %Y", "%A %d %B %Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d")
    assert {printed_date(day.strftime(form)) for form in forms} == {day.isoformat()}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("9th August 2024", "2024-08-09"),
        ("Friday, 9 August 2024", "2024-08-09"),
        ("9 Awst 2024", "2024-08-09"),
        ("Dydd Mawrth, 3 Mawrth 2020", "2020-03-03"),
        ("1af o Fai 2019", "2019-05-01"),
        ("August 9, 2024", "2024-08-09"),
        ("03/04/2013", "2013-04-03"),
        ("09 August 2024, 10:30am", "2024-08-09"),
    ],
)
def test_printed_date(text: str, day: str) -> None:
    assert printed_date(text) == day


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "today", "9 August", "Friday 9 August", "in 2024", "2024", "31 June 2024", "13/13/2013",
     "3 days ago", "last week 2024", "1 to 3 August 2024", "12 people on 3 May 2020", "page 3 of 2024"],
)  # fmt: skip
def test_what_is_no_single_date_is_refused(text: str) -> None:
    assert printed_date(text) is None


@given(st.text(max_size=60))
def test_any_text_gives_a_day_or_nothing(text: str) -> None:
    found = printed_date(text)
    assert found is None or dt.date.fromisoformat(found)


def test_a_line_may_hold_both_dates() -> None:
    assert date_line("9 August 2024 |Updated 12 August 2024") == ("2024-08-09", "2024-08-12")
    assert date_line("Updated: 08 August 2024|Fraud and economic crime") == (None, "2024-08-08")
    assert date_line("Published: 16 December 2025 | Last updated: 5 January 2026") == ("2025-12-16", "2026-01-05")
    assert date_line("Cyhoeddwyd: 20 Ionawr 2026") == ("2026-01-20", None)
    assert date_line("Jailed on 9 August 2024 for theft") == (None, None)


def test_teaser_and_metadata_dates() -> None:
    assert teaser_date("09 August 2024") == "2024-08-09"
    assert teaser_date("2024-08-09") == "2024-08-09"
    assert teaser_date(dt.date(2024, 8, 9)) == "2024-08-09"
    assert teaser_date(None) is None
    assert metadata_date("2024-08-09T23:30:00+01:00") == "2024-08-09"
    assert metadata_date("Fri, 09 Aug 2024 10:00:00 +0100") == "2024-08-09"
    assert metadata_date("soon") is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("A man was jailed today (15 August 2024).", "2024-08-15"),
        ("A man was jailed today, 4 November 2022, at Ferrowby Crown Court.", "2022-11-04"),
        ("Two brothers were sentenced today (Friday 9 August 2024).", "2024-08-09"),
        ("This release was originally published on 15 August 2024.", "2024-08-15"),
        ("A gang has been jailed (14 July 2023) for fraud.", "2023-07-14"),
        ("Carcharwyd dyn heddiw (20 Ionawr 2026).", "2026-01-20"),
        ("A man was jailed today (Friday 9 August).", None),
        ("He was arrested on 3 May 2020 and charged the next day.", None),
        ("He attacked the shop (3 May 2020) with a bat.", None),
        ("She was jailed yesterday (14 July 2023).", None),
    ],
)
def test_prose_published(text: str, day: str | None) -> None:
    assert prose_published([text])[0] == day


def test_the_latest_update_opener_counts() -> None:
    openers = ["UPDATE: Tuesday 24 March 2020", "Updated on 22 March 2020: more", "He updated his will on 1 May 2021."]
    assert prose_updated(openers)[0] == "2020-03-24"
