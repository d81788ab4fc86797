from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpsscrape.archive.words import read_words
from cpsscrape.exceptions import UsageError


@pytest.mark.parametrize(
    ("typed", "fts"),
    [
        ("fire station", '(("fire") AND ("station"))'),
        ('"hate crime"', '(("hate crime"))'),
        ("“hate crime” jailed", '(("hate crime") AND ("jailed"))'),
        ("burgl*", '(("burgl"*))'),
        ('"hate cri"*', '(("hate cri"*))'),
        ("dog OR cat jailed", '(("dog" OR "cat") AND ("jailed"))'),
        ("fraud NOT romance", '(("fraud")) NOT "romance"'),
        ("victim’s", '(("victim s"))'),
        ("half-eaten", '(("half eaten"))'),
        ('stray "quote', '(("stray") AND ("quote"))'),
        ("OR fraud AND", '(("fraud"))'),
        ("(fraud) + ^x: {y}", '(("fraud") AND ("x") AND ("y"))'),
        ("headline:fraud", '(("headline fraud"))'),
        ("not or and", '(("not") AND ("or") AND ("and"))'),
    ],
)
def test_what_is_typed_becomes_a_query(typed: str, fts: str) -> None:
    assert read_words(typed).fts == fts


@pytest.mark.parametrize("typed", ['"', "* ( )", "OR", "“”", "NOT fraud", "AND NOT"])
def test_a_query_without_words_says_what_to_do(typed: str) -> None:
    with pytest.raises(UsageError, match="such as"):
        read_words(typed)


@given(st.text(alphabet=st.sampled_from("ab \"'“”*^:(){}+-,.\\/%_&|~OR NOT AND\0\né"), max_size=40))
def test_no_query_makes_sqlite_stumble(typed: str) -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("create virtual table t using fts5(x, tokenize='unicode61 remove_diacritics 2')")
        try:
            words = read_words(typed)
        except UsageError:
            return
        db.execute("select * from t where t match ?", [words.fts]).fetchall()


@given(st.text(max_size=30))
def test_no_text_at_all_makes_sqlite_stumble(typed: str) -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("create virtual table t using fts5(x, tokenize='unicode61 remove_diacritics 2')")
        try:
            words = read_words(typed)
        except UsageError:
            return
        db.execute("select * from t where t match ?", [words.fts]).fetchall()
