from __future__ import annotations

import pytest
from dumps import differences, dump, taken_over

pytestmark = pytest.mark.slow


def test_a_replay_gives_what_the_crawls_gave(lived, replayed):
    assert not differences(dump(lived.folder), dump(replayed))


def test_a_replay_leaves_what_is_not_derived(lived, replayed):
    tables = ("frontier", "listings", "withdrawals")
    assert not differences(taken_over(lived.folder, *tables), taken_over(replayed, *tables))
