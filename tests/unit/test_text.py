from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpsscrape.normalise.language import language_of
from cpsscrape.normalise.text import clean_text, word_count


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@given(st.text())
def test_only_white_space_and_invisible_characters_are_touched(text: str) -> None:
    kept = [c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf")]
    same = {"‐": "-", "‑": "-"}
    letters = "".join("�" if unicodedata.category(c) == "Cs" else same.get(c, c) for c in kept)
    # NFC orders combining marks that stand together: without the space between them, these may come to do so.
    assert unicodedata.normalize("NFC", "".join(clean_text(text).split())) == unicodedata.normalize("NFC", letters)


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_words_stay_in_order(text: str) -> None:
    visible = "".join(c if c.isprintable() or c.isspace() else "" for c in text)
    assert clean_text(text).split() == visible.split()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a\u00a0\u00a0b\u2009c\u202fd", "a b c d"),
        ("re\u00adoffend\u200bing", "reoffending"),
        ("one\u2011day\u2010trial", "one-day-trial"),
        ("Cafe\u0301", "Café"),
        ("“Yes”, she said… – no", "“Yes”, she said… – no"),
        ("\ufeff\u200e text\u0000 \x07", "text"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("line\r\n\tend", "line end"),
    ],
)
def test_clean_text(written: str, read: str) -> None:
    assert clean_text(written) == read


def test_quotation_marks_are_words_apart_only_by_space() -> None:
    assert word_count("“Yes,” he said.") == 3


def test_language_is_that_of_the_text() -> None:
    assert language_of("Mae’r llys wedi clywed bod y dyn yn euog ac wedi cael ei garcharu.") == "cy"
    assert language_of("A man from Llanfair was jailed for the theft of a harp at Aberwen Crown Court.") == "en"
    assert language_of("") == "en"
