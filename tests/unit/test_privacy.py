from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpsscrape.normalise.privacy import REMOVED, remove_birth_dates


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ann Lee [06/11/1991] of Ferrowby", f"Ann Lee {REMOVED} of Ferrowby"),
        ("Ann Lee [6 November 1991] of Ferrowby", f"Ann Lee {REMOVED} of Ferrowby"),
        ("Ann Lee, born on 6 November 1991, of Ferrowby", f"Ann Lee, {REMOVED}, of Ferrowby"),
        ("Ann Lee, born 6 November 1991", f"Ann Lee, {REMOVED}"),
        ("Ann Lee (DOB: 06/11/1991)", f"Ann Lee (DOB: {REMOVED})"),
        ("Ann Lee (d.o.b. 06.11.91)", f"Ann Lee (d.o.b. {REMOVED})"),
        ("Ann Lee, date of birth 6th November 1991", f"Ann Lee, date of birth {REMOVED}"),
        ("Ann LEE (06/11/1991), of Ferrowby", f"Ann LEE {REMOVED}, of Ferrowby"),
        ("Ann LEE, 06/11/1991, of Ferrowby", f"Ann LEE, {REMOVED}, of Ferrowby"),
        ("Ganwyd Ann Lee, dyddiad geni: 06/11/1991", f"Ganwyd Ann Lee, dyddiad geni: {REMOVED}"),
        ("Ann Lee, ganwyd ar 6 Tachwedd 1991", f"Ann Lee, {REMOVED}"),
        ("Ann Lee, a aned ar 6 Tachwedd 1991", f"Ann Lee, {REMOVED}"),
    ],
)
def test_birth_dates_go(written: str, read: str) -> None:
    assert remove_birth_dates(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "Ann Lee, 32, of Ferrowby",
        "Ann Lee, born in 1991",
        "sentenced on 6 November 2021 at Ferrowby Crown Court",
        "at Ferrowby Crown Court (06/11/2021)",
        "The hearing was on 04/06/2013.",
        "Fraud Act 2006 [section 1]",
        "a baby born three weeks early",
    ],
)
def test_ages_years_and_other_dates_stay(written: str) -> None:
    assert remove_birth_dates(written) == written


@given(st.text())
def test_twice_is_once(text: str) -> None:
    assert remove_birth_dates(remove_birth_dates(text)) == remove_birth_dates(text)
