from __future__ import annotations

import multiprocessing
import os
import sqlite3
import time
from contextlib import closing

import pytest

from cpsscrape.archive.database import Archive, open_reader
from cpsscrape.exceptions import (
    ArchiveLockedError,
    DamagedArchiveError,
    NewerSchemaError,
    NoArchiveError,
    OtherSiteError,
)

TABLES = (
    "articles article_urls article_versions blocks case_studies quotes quote_pieces quote_speakers speakers "
    "quoted_terms areas article_areas topics article_topics links captures listings frontier runs withdrawals"
).split()
VIEWS = ("article_list", "quote_list", "case_study_list")


def test_a_new_archive_has_every_table_and_view_of_the_contract(tmp_path):
    archive = Archive(tmp_path / "data")
    assert set(TABLES) <= set(archive.db.table_names())
    assert set(VIEWS) <= set(archive.db.view_names())
    assert {"articles_fts", "quotes_fts"} <= set(archive.db.table_names())
    archive.close()


def test_opening_twice_migrates_once_and_changes_nothing(tmp_path):
    Archive(tmp_path).close()
    before = (tmp_path / "cps.db").read_bytes()
    Archive(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "cps.db")) as db:
        schema = db.execute("select sql from sqlite_master order by name").fetchall()
    assert schema
    assert len((tmp_path / "cps.db").read_bytes()) == len(before)


def test_a_commit_is_on_the_disk_before_anything_goes_on(tmp_path):
    archive = Archive(tmp_path)
    assert archive.db.execute("pragma journal_mode").fetchone() == ("wal",)
    assert archive.db.execute("pragma synchronous").fetchone() == (2,)
    assert archive.db.execute("pragma foreign_keys").fetchone() == (1,)
    archive.close()


def test_there_is_one_writer_and_it_is_named(tmp_path):
    one = Archive(tmp_path)
    with pytest.raises(ArchiveLockedError, match=f"process {os.getpid()}"):
        Archive(tmp_path)
    one.close()
    Archive(tmp_path).close()


def test_the_lock_of_a_killed_writer_is_free(tmp_path):
    context = multiprocessing.get_context("fork")
    ready = context.Event()

    def hold() -> None:
        held = Archive(tmp_path)
        ready.set()
        time.sleep(60)
        held.close()

    child = context.Process(target=hold)
    child.start()
    assert ready.wait(20)
    with pytest.raises(ArchiveLockedError, match=str(child.pid)):
        Archive(tmp_path)
    child.kill()
    child.join()
    child.close()
    Archive(tmp_path).close()


def test_readers_need_no_lock_and_change_nothing(tmp_path):
    archive = Archive(tmp_path)
    reader = open_reader(tmp_path)
    with pytest.raises(sqlite3.OperationalError):
        reader.execute("delete from runs")
    reader.close()
    archive.close()


def test_no_archive_is_a_sentence_with_a_next_step(tmp_path):
    with pytest.raises(NoArchiveError, match="scrapy crawl news"):
        open_reader(tmp_path)


def test_another_site_is_refused(tmp_path):
    Archive(tmp_path, site="https://www.cps.gov.uk").close()
    with pytest.raises(OtherSiteError, match="another CPS_DATA_DIR"):
        Archive(tmp_path, site="http://127.0.0.1:8000")
    Archive(tmp_path, site="https://www.cps.gov.uk").close()


def test_a_newer_schema_is_refused_by_writers_and_readers(tmp_path):
    Archive(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "cps.db")) as db, db:
        row = db.execute("select * from _sqlite_migrations limit 1")
        names = [column[0] for column in row.description]
        values = dict(zip(names, row.fetchone(), strict=True)) | {"name": "m999_tomorrow"}
        values.pop("id", None)
        db.execute(
            f"insert into _sqlite_migrations ({', '.join(values)}) values ({', '.join('?' * len(values))})",
            list(values.values()),
        )
    for opened in (Archive, open_reader):
        with pytest.raises(NewerSchemaError, match="m999_tomorrow"):
            opened(tmp_path)


def test_a_file_that_is_no_database_is_named_damaged(tmp_path):
    (tmp_path / "cps.db").write_bytes(b"this was a database once" * 500)
    with pytest.raises(DamagedArchiveError, match="replay"):
        Archive(tmp_path)
    assert (tmp_path / "cps.db").read_bytes().startswith(b"this was")
