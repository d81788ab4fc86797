from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from cpsscrape.archive import frontier
from cpsscrape.archive.migrations import migrations
from cpsscrape.archive.runs import begin_run, end_run

NOW, LATER = "2026-09-30T10:00:00Z", "2026-12-01T00:00:00Z"


def fresh() -> Database:
    db = Database(memory=True)
    migrations.apply(db)
    return db


@pytest.fixture
def db():
    with fresh() as made:
        yield made


def begin(db, arguments=None, at=NOW):
    return begin_run(db, "news", arguments or {}, at, "test")


def pending(db) -> list[str]:
    return list(frontier.without_outcome(db, None))


def test_an_address_is_pending_until_it_has_an_outcome(db):
    run = begin(db)
    frontier.discover(db, ["a", "b"], "article", NOW)
    frontier.settle(db, "a", "done", run, due_at=LATER)
    assert pending(db) == ["b"]


def test_discovering_again_changes_nothing(db):
    run = begin(db)
    frontier.discover(db, ["a"], "article", NOW)
    frontier.settle(db, "a", "done", run, due_at=LATER)
    frontier.discover(db, ["a"], "article", LATER)
    assert pending(db) == []


@pytest.mark.parametrize(
    ("state", "due", "everything", "again"),
    [
        ("failed", None, False, True),
        ("done", LATER, False, False),
        ("done", NOW, False, True),
        ("done", LATER, True, True),
        ("gone", LATER, False, False),
        ("gone", NOW, False, True),
        ("refused", NOW, False, True),
        ("refused", LATER, False, False),
    ],
)
def test_a_new_run_asks_again_for_what_failed_or_is_due(db, state, due, everything, again):
    before = begin(db)
    frontier.discover(db, ["a"], "article", NOW)
    frontier.settle(db, "a", state, before, due_at=due)
    end_run(db, before, finished_at=NOW, reason="finished", problems=[], stats={})
    frontier.requeue(db, begin(db), now=NOW, everything=everything)
    assert (pending(db) == ["a"]) is again


def test_a_resumed_run_does_not_ask_again_for_what_it_finished(db):
    killed = begin(db, {"full": True})
    frontier.discover(db, ["a", "b"], "article", NOW)
    frontier.settle(db, "a", "done", killed, due_at=NOW)
    resumed = begin(db, {"full": True})
    assert killed.id in resumed.family
    frontier.requeue(db, resumed, now=LATER, everything=True)
    assert pending(db) == ["b"]
    frontier.ask_again(db, ["a"], resumed)
    assert pending(db) == ["b"]


def test_other_arguments_are_another_run(db):
    killed = begin(db, {"full": True})
    other = begin(db, {"full": False})
    assert killed.id not in other.family


def test_what_was_left_by_a_limit_is_pending_for_the_next_run(db):
    run = begin(db)
    frontier.discover(db, ["a", "b"], "article", NOW)
    assert frontier.leave_rest(db, run, None) == 2
    assert pending(db) == []
    end_run(db, run, finished_at=NOW, reason="finished", problems=[], stats={})
    frontier.requeue(db, begin(db), now=NOW, everything=False)
    assert pending(db) == ["a", "b"]


def test_plain_addresses_come_before_those_that_may_be_aliases(db):
    urls = ["https://x/node/7", "https://x/cy/a/news/b", "https://x/wessex/news/c"]
    frontier.discover(db, urls, "article", NOW)
    plain = frontier.next_pending(db, None, None, aliases=False)
    assert plain is not None
    assert plain.url == "https://x/wessex/news/c"
    assert frontier.next_pending(db, None, plain, aliases=False) is None
    assert frontier.next_pending(db, None, None, aliases=True).url in urls[:2]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcde"), st.sampled_from(["done", "gone", "refused", "failed", "kill", "restart"])),
        max_size=25,
    )
)
def test_whatever_happens_nothing_is_lost(steps):
    """However runs are killed and restarted, each address ends with an outcome once everybody is served."""
    db = fresh()
    run = begin(db)
    frontier.discover(db, list("abcde"), "article", NOW)
    for url, step in steps:
        if step in {"kill", "restart"}:
            if step == "restart":
                end_run(db, run, finished_at=NOW, reason="finished", problems=[], stats={})
            run = begin(db)
            frontier.requeue(db, run, now=NOW, everything=False)
        else:
            frontier.settle(db, url, step, run, due_at=LATER)
    for url in pending(db):
        frontier.settle(db, url, "done", run, due_at=LATER)
    states = dict(db.execute("select url, state from frontier").fetchall())
    assert set(states) == set("abcde")
    assert "pending" not in states.values()
    db.close()
