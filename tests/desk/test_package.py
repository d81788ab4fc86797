from __future__ import annotations

import csv
import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from desk.driving import Desk

from cpsscrape.exporters.data_package import LEFT_OUT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def package(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    ran = Desk(archive, folder)("export", "--package", "pack", CPS_CONTACT="ann@example.org")
    assert ran.status == 0, ran.err
    return folder / "pack"


def test_every_file_is_what_the_manifest_says(package: Path) -> None:
    with (package / "manifest.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["path"] for row in rows} == {f"data/{file.name}" for file in (package / "data").iterdir()}
    for row in rows:
        data = (package / row["path"]).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (int(row["bytes"]), row["sha256"])
        records = list(csv.reader(data.decode().splitlines(keepends=True)))
        assert len(records) - 1 == int(row["rows"])


def test_the_query_of_the_manifest_gives_the_file(package: Path, archive: Path) -> None:
    with (package / "manifest.csv").open(encoding="utf-8", newline="") as lines:
        queries = {row["path"]: (row["query"], int(row["rows"])) for row in csv.DictReader(lines)}
    with closing(sqlite3.connect(archive / "cps.db")) as db:
        for path, (query, rows) in queries.items():
            assert len(db.execute(query).fetchall()) == rows, path


def test_everything_is_in_it_but_what_is_to_stay_out(package: Path, archive: Path) -> None:
    with closing(sqlite3.connect(archive / "cps.db")) as db:
        names = {
            name
            for (name,) in db.execute(
                "select name from sqlite_master where type in ('table', 'view') "
                "and name not like '%fts%' and name not like '%sqlite%'"
            )
        }
    assert {file.stem for file in (package / "data").iterdir()} == names - LEFT_OUT


def test_each_column_has_a_type_and_a_description(package: Path) -> None:
    descriptor = json.loads((package / "datapackage.json").read_text())
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    for resource in descriptor["resources"]:
        header = (package / resource["path"]).read_text(encoding="utf-8").splitlines()[0].split(",")
        fields = resource["schema"]["fields"]
        assert header == [field["name"] for field in fields]
        assert all(field["description"] and field["type"] for field in fields)
    quotes = next(resource for resource in descriptor["resources"] if resource["name"] == "quotes")
    assert quotes["schema"]["primaryKey"] == ["id"]
    assert {key["reference"]["resource"] for key in quotes["schema"]["foreignKeys"]} == {"articles", "case_studies"}


def test_the_datasheet_is_filled_from_the_archive(package: Path, archive: Path) -> None:
    text = (package / "README.md").read_text(encoding="utf-8")
    with closing(sqlite3.connect(archive / "cps.db")) as db:
        articles, first, last, gone = db.execute(
            "select count(*), min(published_on), max(published_on), count(gone_at) from articles"
        ).fetchone()
    assert f"{articles} articles" in text
    assert f"from {first} to {last}" in text
    assert f"Gone from the site, and kept here: {gone} articles" in text
    assert "2013-06 to 2016-08" in text
    assert "ann@example.org" in text
    assert '| area "CPS" | ' in text
    assert "$" not in text.replace('re.sub(r"^', "")


def test_the_citation_names_site_and_day(package: Path) -> None:
    text = (package / "CITATION.cff").read_text(encoding="utf-8")
    assert text.startswith("cff-version: 1.2.0\n")
    assert "type: dataset" in text
    assert "Crown Prosecution Service" in text


def test_a_former_package_is_replaced_and_nothing_else_is(archive: Path, tmp_path: Path) -> None:
    desk = Desk(archive, tmp_path)
    assert desk("export", "--package", "pack", "--json").status == 0
    (tmp_path / "pack" / "stale.txt").write_text("")
    assert desk("export", "--package", "pack", "--raw").status == 0
    assert not (tmp_path / "pack" / "stale.txt").exists()
    assert json.loads((tmp_path / "pack" / "datapackage.json").read_text())["cpsscrape"]["defused"] is False
    assert "do not open these files in a spreadsheet" in (tmp_path / "pack" / "README.md").read_text()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    ran = desk("export", "--package", "mine")
    assert (ran.status, "name a new folder" in ran.err) == (1, True)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["mine", "pack"]


def test_an_archive_of_nothing_can_be_packed(tmp_path: Path, archive: Path) -> None:
    copy = shutil.copytree(archive, tmp_path / "copy")
    with closing(sqlite3.connect(copy / "cps.db")) as db:
        for table in ("quote_speakers", "quote_pieces", "quotes", "speakers", "case_studies", "article_versions"):
            db.execute(f"delete from {table}")
        for table in ("absences", "blocks", "links", "article_urls", "article_areas", "article_topics", "articles"):
            db.execute(f"delete from {table}")
        for table in ("captures", "listings", "frontier", "teasers", "runs"):
            db.execute(f"delete from {table}")
        db.commit()
    ran = Desk(copy, tmp_path)("export", "--package", "pack")
    assert ran.status == 0, ran.err
    assert "0 articles" in (tmp_path / "pack" / "README.md").read_text()
