from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from evidence.driving import ROOT, cpsscrape

from cpsscrape.demo.site import Site
from cpsscrape.evidence.tally import Tally
from cpsscrape.evidence.verification import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cpsscrape.demo.server import DemoServer

pytestmark = pytest.mark.slow


def findings(folder: Path, *, deep: bool = False) -> list[str]:
    return [str(finding) for finding in verify(folder, Tally(), deep=deep, redact=True)]


def segments(folder: Path) -> list[Path]:
    return sorted((folder / "warc").glob("*.warc.gz"))


def test_a_crawled_archive_has_nothing_wrong(archive: Path) -> None:
    assert findings(archive, deep=True) == []


def test_exit_status_and_words(archive: Path) -> None:
    good = cpsscrape(archive, "verify", "--deep")
    assert (good.returncode, good.stderr) == (0, "")
    assert "Nothing is wrong." in good.stdout
    assert "MB a second" in good.stdout
    with segments(archive)[0].open("r+b") as file:
        file.truncate(5000)
    bad = cpsscrape(archive, "verify")
    assert bad.returncode == 1
    assert "restore the file from a copy" in bad.stdout
    assert "ends inside the record" in bad.stdout


def test_verify_changes_nothing(archive: Path) -> None:
    before = {path: path.read_bytes() for path in archive.rglob("*") if path.is_file() and "-shm" not in path.name}
    findings(archive, deep=True)
    after = {path: path.read_bytes() for path in archive.rglob("*") if path.is_file() and "-shm" not in path.name}
    assert {path: data for path, data in after.items() if data} == {path: data for path, data in before.items() if data}


def test_scrapy_is_not_imported(archive: Path) -> None:
    script = (
        "import sys; from cpsscrape.cli import cli; from pathlib import Path;"
        "cli.main(sys.argv[1:], standalone_mode=False); assert 'scrapy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script, "--data", str(archive), "verify", "--deep"], check=True)


# --- one hundred injuries ----------------------------------------------------------------------


def truncate(folder: Path, chance: random.Random) -> str:
    path = chance.choice(segments(folder))
    size = chance.randrange(path.stat().st_size)
    with path.open("r+b") as file:
        file.truncate(size)
    return f"{path.name} cut to {size}"


def flip(folder: Path, chance: random.Random) -> str:
    path = chance.choice([*segments(folder), folder / "warc" / "manifest.csv"])
    data = bytearray(path.read_bytes())
    place, bit = chance.randrange(len(data)), chance.randrange(8)
    data[place] ^= 1 << bit
    path.write_bytes(data)
    return f"bit {bit} of byte {place} of {path.name}"


def flip_in_gzip_header(folder: Path, chance: random.Random) -> str:
    """Time, flags of the compressor and system: decompression reads past them."""
    path = chance.choice(segments(folder))
    data = bytearray(path.read_bytes())
    starts = [place for place in range(len(data) - 10) if data[place : place + 4] == b"\x1f\x8b\x08\0"]
    place = chance.choice(starts) + chance.choice([4, 5, 6, 7, 8, 9])
    data[place] ^= 1 << chance.randrange(8)
    path.write_bytes(data)
    return f"gzip header byte {place} of {path.name}"


def swap(folder: Path, chance: random.Random) -> str:
    first, second = chance.sample(segments(folder), 2)
    spare = folder / "spare"
    first.rename(spare)
    second.rename(first)
    spare.rename(second)
    return "two files swapped"


def lose_file(folder: Path, chance: random.Random) -> str:
    path = chance.choice(segments(folder))
    path.unlink()
    return f"{path.name} deleted"


def exchange_records(folder: Path, chance: random.Random) -> str:
    """Two rows of captures that point at each other's record."""
    db = sqlite3.connect(folder / "cps.db")
    rows = db.execute("select id, warc_file, warc_offset, warc_length from captures").fetchall()
    (a, *at_a), (b, *at_b) = chance.sample(rows, 2)
    to = "update captures set warc_file = ?, warc_offset = ?, warc_length = ? where id = ?"
    with db:
        db.execute("update captures set warc_offset = -1 where id = ?", [a])
        db.execute(to, [*at_a, b])
        db.execute(to, [*at_b, a])
    return f"captures {a} and {b} exchanged"


# Tables whose rows a replay could not invent; `runs`, `listings` and `frontier` say what happened, not what was read.
DERIVED = (
    "captures", "articles", "article_urls", "article_versions", "blocks", "case_studies", "quotes", "quote_pieces",
    "quote_speakers", "quoted_terms", "article_areas", "article_topics", "links", "teasers", "speakers", "areas",
)  # fmt: skip


def delete_row(folder: Path, chance: random.Random) -> str:
    table = chance.choice(DERIVED)
    db = sqlite3.connect(folder / "cps.db")
    columns = [row[1] for row in db.execute(f"pragma table_info({table})") if row[5]]
    row = chance.choice(db.execute(f"select {', '.join(columns)} from {table} order by 1").fetchall())
    if table in {"speakers", "areas"}:
        used = {"speakers": "select speaker_id from quote_speakers", "areas": "select area_id from article_areas"}
        row = chance.choice(db.execute(used[table] + " order by 1").fetchall())
    with db:
        db.execute("pragma foreign_keys = on" if chance.random() < 0.5 else "pragma foreign_keys = off")
        db.execute("pragma defer_foreign_keys = on")
        try:
            db.execute(f"delete from {table} where {' and '.join(f'{name} = ?' for name in columns)}", row)
            db.commit()
        except sqlite3.IntegrityError:
            db.rollback()
            db.execute("pragma foreign_keys = off")
            db.execute(f"delete from {table} where {' and '.join(f'{name} = ?' for name in columns)}", row)
    return f"{table} {row}"


TEXTS = (
    ("articles", "headline"), ("articles", "body"), ("articles", "teaser"), ("articles", "notes_to_editors"),
    ("articles", "published_on"), ("articles", "content_type"), ("article_versions", "body"),
    ("article_versions", "headline"), ("article_versions", "areas"), ("blocks", "text"), ("quotes", "text"),
    ("quotes", "cue"), ("quote_pieces", "text"), ("quote_speakers", "role"), ("quote_speakers", "mention"),
    ("case_studies", "title"), ("quoted_terms", "text"), ("speakers", "name"), ("links", "url"), ("links", "text"),
    ("captures", "url"), ("captures", "payload_digest"), ("captures", "fetched_at"), ("teasers", "text"),
    ("topics", "name"), ("article_urls", "url"),
)  # fmt: skip


def alter_text(folder: Path, chance: random.Random) -> str:
    table, column = chance.choice(TEXTS)
    db = sqlite3.connect(folder / "cps.db")
    key = [row[1] for row in db.execute(f"pragma table_info({table})") if row[5]]
    used = "where id in (select topic_id from article_topics)" if table == "topics" else f"where {column} <> ''"
    rows = db.execute(f"select {column}, {', '.join(key)} from {table} {used} order by 2").fetchall()
    text, *row = chance.choice(rows)
    place = chance.randrange(len(text))
    letter = "x" if text[place] != "x" else "y"
    with db:
        where = " and ".join(f"{name} = ?" for name in key)
        db.execute(f"update {table} set {column} = ? where {where}", [text[:place] + letter + text[place + 1 :], *row])
    return f"{table}.{column} {row} at {place}"


def alter_everywhere(folder: Path, chance: random.Random) -> str:
    """One letter of a story, in every row that repeats it: all offsets and counts still agree."""
    db = sqlite3.connect(folder / "cps.db")
    article, body = chance.choice(db.execute("select id, body from articles order by id").fetchall())
    block, text = chance.choice(
        db.execute("select position, text from blocks where article_id = ? and start is not null", [article]).fetchall()
    )
    place = chance.choice([number for number, letter in enumerate(text) if letter.isalpha()])
    changed = text[:place] + ("x" if text[place] != "x" else "y") + text[place + 1 :]
    (version,) = db.execute("select version from articles where id = ?", [article]).fetchone()
    (start,) = db.execute("select start from blocks where article_id = ? and position = ?", [article, block]).fetchone()
    new = body[:start] + changed + body[start + len(text) :]
    with db:
        db.execute("update articles set body = ? where id = ?", [new, article])
        db.execute("update article_versions set body = ? where article_id = ? and version = ?", [new, article, version])
        db.execute("update blocks set text = ? where article_id = ? and position = ?", [changed, article, block])
        for table, column in (("case_studies", "body"), ("quoted_terms", "text")):
            db.execute(
                f'update {table} set {column} = substr(?, start + 1, "end" - start) where article_id = ?',
                [new, article],
            )
        db.execute(
            'update quote_pieces set text = substr(?, start + 1, "end" - start) '
            "where quote_id in (select id from quotes where article_id = ?)",
            [new, article],
        )
        db.execute(
            "update quotes set text = (select group_concat(text, char(10, 10)) from "
            "(select text from quote_pieces where quote_id = quotes.id order by position)) where article_id = ?",
            [article],
        )
    return f"article {article}, block {block}, letter {place}"


INJURIES: tuple[tuple[Callable[[Path, random.Random], str], int], ...] = (
    (truncate, 15), (flip, 20), (flip_in_gzip_header, 10), (swap, 2), (lose_file, 3), (exchange_records, 5),
    (delete_row, 20), (alter_text, 15), (alter_everywhere, 10),
)  # fmt: skip


@pytest.mark.parametrize(("injure", "times"), INJURIES, ids=lambda value: getattr(value, "__name__", str(value)))
def test_every_injury_is_found(
    crawled: Path, tmp_path: Path, injure: Callable[[Path, random.Random], str], times: int
) -> None:
    missed = []
    for seed in range(times):
        folder = tmp_path / "data"
        shutil.copytree(crawled, folder)
        done = injure(folder, random.Random(f"{injure.__name__} {seed}"))
        deep = injure in (delete_row, alter_text, alter_everywhere)
        if not findings(folder, deep=deep):
            missed.append(done)
        shutil.rmtree(folder)
    assert missed == []


def test_there_are_a_hundred_injuries() -> None:
    assert sum(times for _, times in INJURIES) == 100


def test_warcio_check_misses_a_truncation_that_verify_finds(archive: Path) -> None:
    path = segments(archive)[-1]
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - 3)
    program = "import sys; from warcio.cli import main; main(sys.argv[1:])"
    checked = subprocess.run([sys.executable, "-c", program, "check", str(path)], capture_output=True, check=False)
    assert checked.returncode == 0
    assert any("ends inside the record" in finding for finding in findings(archive))


def test_an_open_segment_is_reported_unless_somebody_writes_it(archive: Path) -> None:
    manifest = archive / "warc" / "manifest.csv"
    last = segments(archive)[-1].name
    manifest.write_text("".join(line for line in manifest.read_text().splitlines(keepends=True) if last not in line))
    assert any("not in the manifest" in finding for finding in findings(archive))
    script = (
        "import sys; from pathlib import Path; from cpsscrape.archive.lock import WriterLock; "
        "lock = WriterLock(Path(sys.argv[1])); print('locked', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(archive)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "locked\n"
        tally = Tally()
        assert list(verify(archive, tally, deep=False, redact=True)) == []
        assert last in json.dumps(tally.notes)
        writer.communicate("")


def test_a_crawl_at_work_is_no_fault(archive: Path, server: DemoServer) -> None:
    server.site = Site(1)
    script = "from scrapy.cmdline import execute; execute()"
    words = ["crawl", "news", "-a", f"site={server.url}", "-a", "full=1", "-s", f"CPS_DATA_DIR={archive}"]
    words += ["-s", "CPS_WARC_SEGMENT_BYTES=30000"]
    looks = 0
    with subprocess.Popen([sys.executable, "-c", script, *words], cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            found = findings(archive)
            looks += 1
            assert found == []
    assert process.returncode == 0
    assert looks > 2
    assert findings(archive) == []


def test_a_missing_database_is_said_and_the_files_are_checked(archive: Path) -> None:
    for path in archive.glob("cps.db*"):
        path.unlink()
    tally = Tally()
    assert [str(finding) for finding in verify(archive, tally, deep=False, redact=True)] == ["cps.db: is not there"]
    assert tally.records > 100


def test_a_damaged_database_page_is_said(archive: Path) -> None:
    path = archive / "cps.db"
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 3 + 64] = bytes(64)
    path.write_bytes(data)
    assert findings(archive)
