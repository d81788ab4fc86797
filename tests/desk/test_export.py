from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from desk.driving import Desk

from cpsscrape.exporters.formulas import restored

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlite_utils import Database

DANGEROUS = '=HYPERLINK("http://example.invalid","click")'


def table(data: bytes, *, raw: bool = False) -> list[list[str]]:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
    return rows if raw else [[restored(cell) for cell in row] for row in rows]


@pytest.fixture
def dangerous(archive: Path, tmp_path: Path) -> Desk:
    """A copy whose texts are hostile to spreadsheets and to CSV."""
    copy = shutil.copytree(archive, tmp_path / "copy")
    with closing(sqlite3.connect(copy / "cps.db")) as db:
        db.execute("update articles set headline = ? where node_id = 12741", [DANGEROUS])
        db.execute("update articles set teaser = ? where node_id = 12741", ['\'=already,\r\n"quoted"\n;\t‘é’ 🐕'])
        db.execute("update articles set content_type = '-1+cmd' where node_id = 12741")
        db.commit()
    return Desk(copy, tmp_path)


def test_without_arguments_the_three_flat_views(desk: Desk, db: Database) -> None:
    ran = desk("export")
    assert ran.status == 0
    for path, rows, size, digest in ran.rows:
        data = (desk.cwd / path).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (int(size), digest)
        name = path.removeprefix("export/").removesuffix(".csv")
        (count,) = db.execute(f"select count(*) from {name}").fetchone()
        assert len(table(data)) - 1 == int(rows) == count > 0
    assert sorted(file.name for file in (desk.cwd / "export").iterdir()) == [
        "article_list.csv",
        "case_study_list.csv",
        "quote_list.csv",
    ]


@pytest.mark.parametrize("flag", [[], ["--raw"], ["--excel"]])
def test_csv_read_back_is_what_the_archive_holds(dangerous: Desk, flag: list[str]) -> None:
    dangerous("export", "article_list", "-o", "a.csv", *flag)
    data = (dangerous.cwd / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") == (flag == ["--excel"])
    rows = table(data.removeprefix(b"\xef\xbb\xbf"), raw=flag == ["--raw"])
    with closing(sqlite3.connect(dangerous.archive / "cps.db")) as db:
        stored = db.execute("select * from article_list order by id")
        assert rows[0] == [column[0] for column in stored.description]
        assert rows[1:] == [["" if cell is None else str(cell) for cell in row] for row in stored]
    assert b"\n" not in re.sub(rb'"(?:[^"]|"")*"', b"", data).replace(b"\r\n", b"")


def test_no_cell_can_run(dangerous: Desk) -> None:
    dangerous("export", "article_list", "-o", "a.csv")
    cells = [cell for row in table((dangerous.cwd / "a.csv").read_bytes(), raw=True) for cell in row]
    assert "'" + DANGEROUS in cells
    assert "''=already" in "".join(cells)
    assert [cell for cell in cells if re.match(r"\s*[=+@-]", cell)] == []
    assert DANGEROUS.replace('"', '""') in dangerous("export", "article_list", "--raw").out


def test_a_name_can_be_exported_to_a_pipe(desk: Desk, db: Database) -> None:
    rows = table(desk("export", "areas").out.encode())
    assert rows[0] == ["id", "slug", "name"]
    assert len(rows) - 1 == db.table("areas").count
    lines = [json.loads(line) for line in desk("export", "article_versions", "--format", "jsonl").out.splitlines()]
    assert isinstance(lines[0]["topics"], list)
    assert {
        type(line["healthy"])
        for line in map(json.loads, desk("export", "runs", "-o", "-", "--format", "jsonl").out.splitlines())
    } == {bool}


def test_a_query_is_exported_with_types(desk: Desk) -> None:
    query = "select area.name as n, count(*) as c, 1.5 as r, null as z from areas area group by 1; "
    ran = desk("export", "--query", query, "-o", "q.jsonl")
    assert ran.status == 0
    first = json.loads((desk.cwd / "q.jsonl").read_text().splitlines()[0])
    assert first == {"n": "CPS", "c": 1, "r": 1.5, "z": None}
    found = desk("export", "--query", "select headline from articles_fts where articles_fts match 'dogs'").out
    assert "61 dogs" in found


@pytest.mark.parametrize(
    "query",
    [
        "delete from articles",
        "update articles set headline = ''",
        "select 1; delete from articles",
        "select 1) ; attach database 'new.db' as x; select * from (select 1",
        "attach database 'new.db' as x",
        "vacuum into 'new.db'",
        "pragma journal_mode = delete",
        "select * from pragma_journal_mode",
        "select load_extension('x')",
        "select json('{')",
        "select nothing from nowhere",
        "",
    ],
)
def test_a_query_can_only_read(desk: Desk, query: str) -> None:
    before = hashlib.sha256((desk.archive / "cps.db").read_bytes()).hexdigest()
    ran = desk("export", "--query", query or " ", "-o", "out.csv")
    assert ran.status == 2, ran.err
    assert "the query cannot be run" in ran.err
    assert list(desk.cwd.iterdir()) == []
    assert hashlib.sha256((desk.archive / "cps.db").read_bytes()).hexdigest() == before


def test_an_endless_query_obeys_ctrl_c(desk: Desk, until: Callable[..., None], spent: Callable[[int], float]) -> None:
    endless = "with recursive c(n) as (select 1 union all select n + 1 from c) select count(*) from c"
    process = subprocess.Popen(
        desk.line("export", "--query", endless),
        stderr=subprocess.PIPE,
        env=desk.environment(),
        cwd=desk.cwd,
        # A test run started in the background of a shell ignores Ctrl-C, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        until(lambda: spent(process.pid) > 1.5)  # to start takes a tenth of that: it is at the query
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode not in {0, -signal.SIGKILL}
    assert b"Traceback" not in err


def test_a_killed_export_leaves_nothing_that_looks_whole(desk: Desk) -> None:
    (desk.cwd / "old.csv").write_text("what was there before\n")
    endless = (
        "with recursive c(n) as (select 1 union all select n + 1 from c limit 400000) "
        "select n, (select body from articles limit 1) as body from c"
    )
    process = subprocess.Popen(
        desk.line("export", "--query", endless, "-o", "old.csv"), env=desk.environment(), cwd=desk.cwd
    )
    for _ in range(600):
        parts = list(desk.cwd.glob(".old.csv.*.part"))
        if parts and parts[0].stat().st_size > 1_000_000:
            break
        time.sleep(0.1)
    process.kill()
    process.wait(timeout=30)
    assert parts
    assert (desk.cwd / "old.csv").read_text() == "what was there before\n"
    assert [file.name for file in desk.cwd.iterdir() if not file.name.startswith(".")] == ["old.csv"]


def test_a_failing_export_cleans_up(desk: Desk) -> None:
    ran = desk("export", "article_list", "-o", "/proc/nothing/here.csv")
    assert ran.status == 1
    assert "cannot be written" in ran.err
    (desk.cwd / "file").write_text("")
    assert desk("export", "-o", "file").status == 1


def test_a_large_export_takes_little_memory(desk: Desk) -> None:
    query = (
        "with recursive c(n) as (select 1 union all select n + 1 from c limit 30000) "
        "select n, (select body from articles order by length(body) desc limit 1) as body from c"
    )
    program = (
        "import resource, sys\nfrom cpsscrape.cli import main\n"
        "try:\n    main(sys.argv[1:])\nfinally:\n"
        "    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)\n"
    )
    peaks = {}
    for name, limit in (("small", 100), ("large", 30000)):
        line = [sys.executable, "-c", program, "--data", str(desk.archive), "export", "-o", f"{name}.csv"]
        line += ["--query", query.replace("30000", str(limit))]
        done = subprocess.run(line, cwd=desk.cwd, env=desk.environment(), capture_output=True, text=True, check=True)
        peaks[name] = int(done.stderr.split()[-1])
    assert (desk.cwd / "large.csv").stat().st_size > 40_000_000
    assert peaks["large"] < peaks["small"] + 20_000  # kilobytes


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["quote_lst"], "did you mean quote_list"),
        (["areas", "--query", "select 1"], "not both"),
        (["areas", "--package", "x"], "--package"),
        (["areas", "--format", "jsonl", "--raw"], "--raw"),
        (["_sqlite_migrations"], "no view or table"),
    ],
)
def test_wrong_words_say_what_is_right(desk: Desk, words: list[str], hint: str) -> None:
    ran = desk("export", *words)
    assert (ran.status, hint in ran.err) == (2, True)
    assert list(desk.cwd.iterdir()) == []


def test_parquet_has_the_types_of_the_schema(desk: Desk, db: Database) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `parquet` is not installed")
    desk("export", "article_list", "-o", "a.parquet")
    read = parquet.read_table(desk.cwd / "a.parquet")
    types = {field.name: str(field.type) for field in read.schema}
    assert types["published_on"] == "date32[day]"
    assert types["first_seen_at"] == "timestamp[us, tz=UTC]"
    assert types["id"] == "int64"
    assert read.column("headline").to_pylist() == [
        row[0] for row in db.execute("select headline from article_list order by id").fetchall()
    ]
    assert read.schema.field("body").metadata[b"description"]
    desk("export", "--query", "select 1 as x where 0", "-o", "none.parquet")
    assert parquet.read_table(desk.cwd / "none.parquet").num_rows == 0


def test_without_pyarrow_the_extra_is_named(desk: Desk) -> None:
    program = "import sys\nsys.modules['pyarrow'] = None\nfrom cpsscrape.cli import main\nmain(sys.argv[1:])\n"
    line = [sys.executable, "-c", program, "--data", str(desk.archive), "export", "areas", "-o", "a.parquet"]
    done = subprocess.run(line, cwd=desk.cwd, env=desk.environment(), capture_output=True, text=True, check=False)
    assert (done.returncode, "cpsscrape[parquet]" in done.stderr) == (1, True)
    assert list(desk.cwd.iterdir()) == []


def test_an_export_is_of_one_moment(archive: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(archive, tmp_path / "copy")
    desk = Desk(copy, tmp_path)
    with closing(sqlite3.connect(copy / "cps.db")) as db:
        db.execute("begin immediate")
        db.execute("update articles set headline = 'half written'")
        ran = desk("export", "article_list")  # while a crawl is writing
        db.rollback()
    assert ran.status == 0
    assert "half written" not in ran.out
