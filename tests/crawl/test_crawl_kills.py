from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "kill_crawl.py"


def test_a_crawl_killed_twenty_times_loses_nothing_and_has_nothing_twice(commands):
    """The script itself, with fewer pages; ``docs/kills.md`` has the result of hundreds of kills."""
    done = subprocess.run(
        [sys.executable, SCRIPT, "--kills", "20", "--pages", "400", "--kb", "30", "--life", "1.5", "--jobdir", "0"],
        env=commands.environment(),
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    assert "lost: 0; twice: 0; other faults: 0" in done.stdout
    assert re.search(r"kills: 20 ", done.stdout)


def test_what_the_checks_are_worth(commands, first, tmp_path):
    """A check that cannot fail proves nothing: an archive with a row, a record and an article less is found out."""
    import sqlite3

    sys.path.insert(0, str(SCRIPT.parent))
    from kill_crawl import _CAPTURES, _database_faults, _warc_faults

    folder = first.copy(tmp_path)
    with sqlite3.connect(folder / "cps.db") as db:
        wanted = {url for (url,) in db.execute("select url from articles")}
        assert not [f for f in _database_faults(db, wanted) if "search index" not in f]
        rows = {(r[0], r[1]): r[2:] for r in db.execute(_CAPTURES)}
        assert list(_warc_faults(folder / "warc", rows)) == []
        one = rows.pop(sorted(rows)[5])
        assert one
        assert any(fault.startswith("lost: no row") for fault in _warc_faults(folder / "warc", rows))
        db.execute("delete from articles where id = (select max(id) from articles)")
        assert any(fault.startswith("lost http") for fault in _database_faults(db, wanted))
