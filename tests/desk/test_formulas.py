from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpsscrape.exporters.formulas import RULE, defused, restored


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+44 20 7946", "-5 degrees", "@here", "\t=1", "\r=1", "\n=1", " =1", "＝1+1", "'=1", "''@x", "\u00a0=1"],
)
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(cell: str) -> None:
    safe = defused(cell)
    assert safe == "'" + cell
    assert restored(str(safe)) == cell


@pytest.mark.parametrize("cell", ["plain", "a=b", "'quoted'", "’til", "", "12741@1:2-3", -5, 1.5, None, "–5 dash"])
def test_everything_else_stays_as_it_is(cell: object) -> None:
    assert defused(cell) == cell


@given(st.text(alphabet=st.sampled_from("'=+-@ \t\r\n＝ab"), max_size=8) | st.text())
def test_reading_back_gives_the_text_again(text: str) -> None:
    safe = defused(text)
    assert isinstance(safe, str)
    assert not re.match(r"\s*[=+\-@]", safe)
    assert restored(safe) == text
    assert re.sub(RULE, "", safe) == text
