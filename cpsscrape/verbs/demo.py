"""``cpsscrape demo``: the real crawl of a bundled miniature site, and a look at what came in."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from cpsscrape.archive.database import DATABASE, open_reader
from cpsscrape.demo.server import serve
from cpsscrape.demo.site import Site
from cpsscrape.exceptions import ArchiveError, UsageError

if TYPE_CHECKING:
    from sqlite_utils import Database

MARK = "demo-archive.txt"  # says that a folder was made by this command and may be emptied by it
SHOWN = 12


@click.command()
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo-archive"),
    show_default=True,
    help="The folder of the demonstration archive; emptied first if this command made it.",
)
def command(into: Path) -> int:
    """Crawl a bundled miniature site of invented news and look at the result.

    The site is served on loopback and crawled by the real `scrapy crawl news`, into a folder
    of its own. Nobody in it exists.
    """
    _prepare(into)
    console = Console(highlight=False)
    with serve(Site()) as url:
        console.print(f"Crawling a miniature site of invented news at {url} …")
        started = time.monotonic()
        words = [
            "crawl",
            "news",
            "-a",
            f"site={url}",
            "-s",
            f"CPS_DATA_DIR={into.absolute()}",
            "-L",
            "WARNING",
        ]
        done = subprocess.run([sys.executable, "-m", "scrapy", *words], check=False, env=_environment(), timeout=300)
        seconds = time.monotonic() - started
    if done.returncode:
        console.print(f"The crawl ended with exit status {done.returncode}: `cpsscrape --data {into} report` says why.")
        return 1
    with open_reader(into) as db:
        _show(db, into, seconds, console)
    return 0


def _prepare(into: Path) -> None:
    if into.exists() and any(into.iterdir()):
        if not (into / MARK).exists():
            raise UsageError(f"{into} is not empty and not a demonstration archive: name another folder with --into.")
        shutil.rmtree(into)
    try:
        into.mkdir(parents=True, exist_ok=True)
        (into / MARK).write_text("Made by `cpsscrape demo`. Everybody in it is invented.\n", encoding="utf-8")
    except OSError as error:
        raise ArchiveError(f"{into} cannot be written ({error.strerror}): name another folder with --into.") from error


def _environment() -> dict[str, str]:
    return {**os.environ, "SCRAPY_SETTINGS_MODULE": "cpsscrape.settings"}


def _show(db: Database, into: Path, seconds: float, console: Console) -> None:
    (articles,), (quotes,), (cases,) = (
        db.execute(f"select count(*) from {table}").fetchone() for table in ("articles", "quotes", "case_studies")
    )
    console.print(_articles(db, f"{articles} articles, the newest {SHOWN}"))
    console.print(_quotes(db, f"{quotes} quotes, some of them"))
    console.print(f"{articles} articles, {quotes} quotes and {cases} case studies in {seconds:.1f} seconds.\n")
    console.print(f"Database  {into / DATABASE}")
    console.print(f"Evidence  {into / 'warc'}\n")
    console.print("What to type next:", style="bold")
    if shutil.which("cpsscrape") is None:
        console.print(f"  . {shlex.quote(str(Path(sys.prefix) / 'bin' / 'activate'))}", markup=False, soft_wrap=True)
    for line in (
        f"cpsscrape --data {into} search fraud",
        f"cpsscrape --data {into} show 1",
        f"cpsscrape --data {into} export",
        f"cpsscrape --data {into} serve",
        "scrapy crawl news -a areas=wessex -a limit=5 -s CPS_CONTACT=you@example.org",
    ):
        console.print(f"  {line}", markup=False, soft_wrap=True)


def _articles(db: Database, title: str) -> Table:
    table = Table("Date", "Areas", "Type", "Headline", title=title, title_justify="left", box=None, pad_edge=False)
    for row in db.query(
        "select published_on, areas, content_type, headline from article_list order by published_on desc, id limit ?",
        [SHOWN],
    ):
        table.add_row(row["published_on"], row["areas"], row["content_type"], row["headline"])
    return table


def _quotes(db: Database, title: str) -> Table:
    table = Table(
        "Speaker", "Role", "Organisation", "Said", title=title, title_justify="left", box=None, pad_edge=False
    )
    for row in db.query(
        "select speaker, role, organisation, text from quote_list where speaker is not null and role is not null "
        "and kind = 'direct' group by article_id order by confidence desc, published_on desc limit 8"
    ):
        words = row["text"].split()
        said = " ".join(words[:18]) + (" …" if len(words) > 18 else "")
        table.add_row(row["speaker"], row["role"], row["organisation"], f"“{said}”")
    return table
