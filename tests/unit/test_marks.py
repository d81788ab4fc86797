from __future__ import annotations

import time

import pytest

from cpsscrape.extract.marks import find_spans
from cpsscrape.extract.seams import SEAMS


def inner(*paragraphs: str, headings: tuple[int, ...] = ()) -> list[str]:
    spans = find_spans(paragraphs, headings=headings, seams=SEAMS)
    return [paragraphs[s.block][s.inner_start : s.inner_end] for s in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said: “One two.”", ["One two."]),
        ('She said: "One two."', ["One two."]),
        ("She said: ‘One two.’", ["One two."]),
        ("She said: 'One two.'", ["One two."]),
        ('She said: “One two."', ["One two."]),
        ('She said: "One two.”', ["One two."]),
        ("She said: ”One two.”", ["One two."]),
        ("She said: “One two.“ He left.", ["One two."]),
        ("She said: ''One two.''", ["One two."]),
        ("She said: “ One two. ”", ["One two."]),
        ("She said:“One two.”", ["One two."]),
        ("She said: ?We aren?t done.?", ["We aren?t done."]),
        ("What did she say? Nothing? Nobody knows.", []),
        ("“He said ‘no’ to me.”", ["He said ‘no’ to me."]),
        ("“He said “no” to me.”", ["He said “no” to me."]),
        ("The victims’ rights, the boy’s mother, the ’90s and O’Brien’s.", []),
        ("‘The victims’ rights matter,’ he said.", ["The victims’ rights matter,"]),
        ("‘Crews were there ’til dawn,’ he said.", ["Crews were there ’til dawn,"]),
        ("‘Rock ’n’ roll,’ he said.", ["Rock ’n’ roll,"]),
        ('A 6\'2" man with a 12" knife.', []),
        ('"He had a 12" knife on him," she said.', ['He had a 12" knife on him,']),
        ("“We are pleased, she said. “It is good.”", ["We are pleased,", "It is good."]),
        ("She said: We have seen a rise.", ["We have seen a rise."]),
        ("She said: We have seen a rise.”", ["We have seen a rise."]),
    ],
)
def test_marks_of_one_paragraph(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_a_statement_reopens_each_paragraph() -> None:
    spans = find_spans(["Lee said: “One.", "“Two.", "“Three.”"])
    assert [s.joined for s in spans] == [False, True, True]
    assert [s.closed for s in spans] == [False, False, True]


def test_a_single_mark_may_open_a_statement_of_many_paragraphs() -> None:
    assert inner("Lee said: ‘The guests’ rooms burned.", "‘Nobody died.’") == [
        "The guests’ rooms burned.",
        "Nobody died.",
    ]


def test_a_paragraph_that_forgot_to_reopen_goes_on() -> None:
    assert inner("Lee said: “One.", "Two.”") == ["One.", "Two."]


def test_a_heading_closes_what_is_open() -> None:
    spans = find_spans(["Lee said: “One.", "Background", "“Two.”"], headings={1})
    assert [s.joined for s in spans] == [False, False]


def test_a_lost_opening_mark_reaches_to_the_block_with_the_closing_one() -> None:
    assert inner("Lee said: We have seen a rise.", "It is grave.", "We will act.”") == [
        "We have seen a rise.",
        "It is grave.",
        "We will act.",
    ]


@pytest.mark.parametrize("text", ["“", "”", '"', "‘", "’", "“a ", "said: “", '" ', "?A "])
def test_a_paragraph_of_marks_takes_linear_time(text: str) -> None:
    begin = time.process_time()
    find_spans([text * (200_000 // len(text))], seams=SEAMS)
    assert time.process_time() - begin < 4
