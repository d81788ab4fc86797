from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cpsscrape.archive.sentences import CLOSE, OPEN, best_sentence, cut, sentences
from cpsscrape.terminal.phrases import hit_offsets, unmarked


def marked(text: str) -> str:
    return text.replace("[", OPEN).replace("]", CLOSE)


def test_sentences_end_where_a_reader_says_so() -> None:
    text = "Mr. Holt of St. Osyth spoke. “It rained.” He left at 5.30 p.m. on Friday!\n\nHeading\n\nThe end"
    assert sentences(text) == [
        "Mr. Holt of St. Osyth spoke.",
        "“It rained.”",
        "He left at 5.30 p.m. on Friday!",
        "Heading",
        "The end",
    ]


def test_the_sentence_with_most_different_hits_is_shown() -> None:
    text = marked("A [dog] and a [dog] and a [dog]. A [dog] met a [cat]. Nothing.")
    assert best_sentence(text) == marked("A [dog] met a [cat].")


def test_a_long_sentence_is_cut_around_its_hit() -> None:
    text = marked("word " * 100 + "[fraud] " + "tail " * 100)
    shown = best_sentence(text, width=80)
    assert marked("[fraud]") in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 90


@given(st.text(alphabet=f"ab. \n“{OPEN}{CLOSE}", max_size=200), st.integers(5, 60))
def test_every_hit_that_is_opened_is_closed(text: str, width: int) -> None:
    shown = cut(best_sentence(text), width)
    for start, end in hit_offsets(shown) if shown.count(OPEN) == shown.count(CLOSE) else []:
        assert 0 <= start <= end <= len(unmarked(shown))
