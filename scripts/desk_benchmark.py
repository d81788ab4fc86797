"""Measures search, pages and export on a synthetic archive: ``python scripts/desk_benchmark.py FOLDER [ARTICLES]``.

FOLDER gets an archive of so many articles (default 100,000; 600 MB, some minutes) unless it has
one: stories of the miniature site, each with 120 words and some invented rare ones added. Every
word of the site is therefore in one story of 25 or more, which is far commoner than most words are.

Times are of the processor: they say the same on a machine that others use.
"""

from __future__ import annotations

import random
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from miniature_archive import make_archive

from cpsscrape.archive.asking import reading_only
from cpsscrape.archive.database import Archive, open_reader
from cpsscrape.archive.filters import Filters
from cpsscrape.archive.searching import Said, find_articles, find_spoken
from cpsscrape.archive.words import read_words
from cpsscrape.exporters.csv_table import write_csv
from cpsscrape.exporters.selection import table_selection
from cpsscrape.exporters.whole_file import whole_file
from cpsscrape.web.questions import facet, office_speakers
from cpsscrape.web.search import FACETS

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database

QUERIES = {
    "a rare word": ("rare17", "rare471", "rare1234", "rare9876"),
    "a common word": ("librarian", "burgl*", "lecture", "fraud"),
    "two words": ("quad bike", "village halls", "romance fraudster", "school trip"),
    "a phrase": ('"hate crime"', '"quad bikes"', '"crown court"', '"fire safety"'),
    "a word in nearly all": ("said", "the"),
}
FIRST_ID = 1000
ROUNDS = 10


def main() -> int:
    """Make the archive if need be, and print what was measured."""
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    folder = Path(sys.argv[1])
    if not (folder / "cps.db").exists():
        make_large(folder, int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)
    Archive(folder).close()  # one that is there may be of an older schema
    db = open_reader(folder)
    print(f"{db.table('articles').count:,} articles, {(folder / 'cps.db').stat().st_size / 1e6:,.0f} MB")
    for name, texts in QUERIES.items():
        measure(f"search, {name}", [partial(find_articles, db, read_words(text), Filters()) for text in texts])
    narrow = Filters(areas=("Wessex",), since="2024-01-01")
    measure("search, a common word, narrowed", [lambda: find_articles(db, read_words("fraud"), narrow)])
    measure("quotes by role", [lambda: find_spoken(db, None, Said(role="chief crown"), Filters())])
    measure("page /search, without words", [lambda: without_words(db)])
    measure("page /speakers", [lambda: office_speakers(db)])
    measure("page /quotes", [lambda: find_spoken(db, None, Said(), Filters())])
    for view in ("article_list", "quote_list"):
        measure_export(db, view, folder)
    return 0


def measure(name: str, calls: list[Callable[[], Any]]) -> None:
    """Print median and 95th percentile of the calls, each made several times, and how much each finds."""
    times = []
    found = set()
    for call in calls * ROUNDS:
        began = time.process_time()
        answer = call()
        times.append((time.process_time() - began) * 1000)
        if isinstance(answer, tuple):
            found.add(answer[0])
    times.sort()
    hits = f"   {', '.join(f'{number:,}' for number in sorted(found))} found" if found else ""
    p95 = times[round(len(times) * 0.95) - 1]
    print(f"{name:32}  median {times[len(times) // 2]:7.1f} ms   p95 {p95:7.1f} ms{hits}")


def without_words(db: Database) -> None:
    """Ask what the page of all articles asks: the newest, and five facets."""
    find_articles(db, None, Filters())
    for name in FACETS:
        facet(db, name, None, Filters())


def measure_export(db: Database, view: str, folder: Path) -> None:
    """Print the speed of a CSV export and the peak memory of this process so far."""
    began = time.process_time()
    with reading_only(db) as connection, whole_file(folder / f"{view}.csv") as sink:
        rows = write_csv(table_selection(view), connection, sink)
    seconds = time.process_time() - began
    (folder / f"{view}.csv").unlink()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(
        f"export {view:25}  {rows:,} rows, {sink.bytes / 1e6 / seconds:.1f} MB a second, peak {peak:.0f} MB of memory"
    )


def make_large(folder: Path, articles: int) -> None:
    """Copy the stories of the miniature site until there are so many."""
    chance = random.Random(7)  # noqa: S311 # the same archive every time
    with tempfile.TemporaryDirectory() as small:
        make_archive(Path(small))
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(Path(small) / "cps.db", folder / "cps.db")
    with closing(sqlite3.connect(folder / "cps.db")) as db:
        stories = [row[0] for row in db.execute("select id from articles").fetchall()]
        bodies = [row[0] for row in db.execute("select body from articles").fetchall()]
        words = sorted({word for body in bodies for word in body.split()})
        for number in range(articles - len(stories)):
            _copy(db, chance.choice(stories), FIRST_ID + number, chance, words)
            if number % 5000 == 0:
                db.commit()
        for table in ("articles", "quotes"):
            db.execute(f"insert into {table}_fts({table}_fts) values ('optimize')")
        db.commit()


def _copy(db: sqlite3.Connection, story: int, new: int, chance: random.Random, words: list[str]) -> None:
    rare = [f"rare{chance.randrange(20_000)}" for _ in range(6)]
    more = " ".join(chance.choices(words, k=120) + rare)
    day = f"{chance.randint(2013, 2026)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    own = {"id": new, "node_id": 1_000_000 + new, "url": f"https://www.cps.gov.uk/news/{new}", "published_on": day}
    _insert(db, "articles", "id = ?", story, own, body="body || char(10, 10) || :more", more=more)
    for table in ("article_areas", "article_topics"):
        _insert(db, table, "article_id = ?", story, {"article_id": new})
    for (quote,) in db.execute("select id from quotes where article_id = ?", [story]).fetchall():
        (number,) = db.execute("select max(id) + 1 from quotes").fetchone()
        _insert(db, "quotes", "id = ?", quote, {"id": number, "article_id": new, "key": f"{new}@1:{number}-{number}"})
        _insert(db, "quote_speakers", "quote_id = ?", quote, {"quote_id": number})


def _insert(
    db: sqlite3.Connection, table: str, where: str, old: int, own: dict[str, Any], *, body: str = "body", more: str = ""
) -> None:
    """Copy the rows of a table, with the columns of ``own`` set anew."""
    names = [row[1] for row in db.execute(f"pragma table_info({table})")]
    taken = ", ".join(f":{name}" if name in own else body if name == "body" else f'"{name}"' for name in names)
    values = own | {"old": old, "more": more}
    db.execute(f"insert into {table} select {taken} from {table} where {where.replace('?', ':old')}", values)


if __name__ == "__main__":
    sys.exit(main())
