"""Other people's programs open what is exported.

frictionless, pandas and DuckDB in an environment of their own, LibreOffice from Debian's
``libreoffice-calc``.
"""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from desk.driving import Desk
from peers import tool

from cpsscrape.exporters.formulas import RULE

PROGRAMS = Path(__file__).parent / "interop"
FORMULA = '=HYPERLINK("http://example.invalid","click")'
VIEWS = ("article_list", "quote_list", "case_study_list")


@pytest.fixture(scope="module")
def interop() -> str:
    return str(tool("desk") / "python")


def ask(python: str, program: str, *words: object) -> Any:
    line = [python, str(PROGRAMS / program), *map(str, words)]
    done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def hostile(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("hostile")
    copy = shutil.copytree(archive, folder / "copy")
    with closing(sqlite3.connect(copy / "cps.db")) as db:
        db.execute("update articles set headline = ? where node_id = 12741", [FORMULA])
        db.execute("update articles set teaser = ? where node_id = 12741", ['\'=1,\n"quoted";\té 🐕'])
        db.commit()
    return Desk(copy, folder)


def stored(desk: Desk, view: str) -> list[list[str]]:
    with closing(sqlite3.connect(desk.archive / "cps.db")) as db:
        rows = db.execute(
            f"select * from {view} order by {'id' if view == 'article_list' else 'article_id'}"
        ).fetchall()
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


@pytest.mark.parametrize("flag", [[], ["--raw"]])
def test_frictionless_finds_the_package_valid(interop: str, hostile: Desk, flag: list[str]) -> None:
    assert hostile("export", "--package", "pack", *flag).status == 0
    found = ask(interop, "frictionless_reads.py", hostile.cwd / "pack")
    assert found["errors"] == []
    assert found["valid"]
    assert found["rows"]["article_list"] == len(stored(hostile, "article_list"))


def test_frictionless_would_have_said_so(interop: str, hostile: Desk) -> None:
    assert hostile("export", "--package", "torn").status == 0
    quotes = hostile.cwd / "torn" / "data" / "quotes.csv"
    quotes.write_text(quotes.read_text(encoding="utf-8").replace(",direct,", ",direct,extra,", 1), encoding="utf-8")
    assert not ask(interop, "frictionless_reads.py", hostile.cwd / "torn")["valid"]


@pytest.mark.parametrize("view", VIEWS)
def test_pandas_reads_the_text_again(interop: str, hostile: Desk, view: str) -> None:
    hostile("export", view, "-o", f"{view}.csv")
    found = ask(interop, "pandas_reads.py", hostile.cwd / f"{view}.csv", RULE)
    assert sorted(found["cells"]) == sorted(stored(hostile, view))


def test_pandas_reads_json_lines_and_parquet(interop: str, hostile: Desk) -> None:
    pytest.importorskip("pyarrow", reason="the extra `parquet` is not installed")
    hostile("export", "quote_list", "-o", "q.jsonl")
    hostile("export", "quote_list", "-o", "q.parquet")
    rows = len(stored(hostile, "quote_list"))
    assert len(ask(interop, "pandas_reads.py", hostile.cwd / "q.jsonl", RULE)["cells"]) == rows
    assert len(ask(interop, "pandas_reads.py", hostile.cwd / "q.parquet", RULE)["cells"]) == rows


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_duckdb_reads_every_row_with_its_types(interop: str, hostile: Desk, ending: str) -> None:
    if ending == "parquet":
        pytest.importorskip("pyarrow", reason="the extra `parquet` is not installed")
    hostile("export", "article_list", "-o", f"a.{ending}")
    found = ask(interop, "duckdb_reads.py", hostile.cwd / f"a.{ending}")
    types = dict(zip(found["columns"], found["types"], strict=True))
    assert found["rows"] == len(stored(hostile, "article_list"))
    assert types["published_on"] == "DATE"
    assert types["id"] == "BIGINT"
    assert types["first_seen_at"].startswith("TIMESTAMP")


@pytest.mark.parametrize("flag", [[], ["--excel"]])
def test_libreoffice_shows_the_text_and_runs_nothing(hostile: Desk, tmp_path: Path, flag: list[str]) -> None:
    office = shutil.which("soffice")
    assert office, "LibreOffice is missing: apt-get install libreoffice-calc"
    hostile("export", "article_list", "-o", "a.csv", *flag)
    # 44,34,76: comma, double quote, UTF-8. The second filter writes what each cell shows.
    line = [
        office,
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--infilter=CSV:44,34,76,1,,0,false,true",
    ]
    line += ["--convert-to", "fods", "--outdir", str(tmp_path), str(hostile.cwd / "a.csv")]
    done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    sheet = (tmp_path / "a.fods").read_text(encoding="utf-8")
    assert "table:formula" not in sheet
    assert "=HYPERLINK(&quot;http://example.invalid&quot;" in sheet or '=HYPERLINK("http://example.invalid"' in sheet
    assert "said: “I am proud of our people." in sheet
    with (hostile.cwd / "a.csv").open(encoding="utf-8-sig", newline="") as lines:
        assert sheet.count('office:value-type="') >= len(list(csv.reader(lines)))
