"""What a replay costs: pages a second, and beside it the share that reading alone takes.

    python tests/benchmarks/bench_replay.py                 1,000 pages of 40 KB
    python tests/benchmarks/bench_replay.py --pages 10000   for memory

A generated site is crawled once; then the database is rebuilt from its captures, and the same captures are read
by one process that does nothing else.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cpsscrape.demo.big import BigSite
from cpsscrape.demo.server import serve
from cpsscrape.normalise.urls import is_listing_url
from cpsscrape.reader import read_article
from cpsscrape.warc.reader import decoded_body, read_warc
from cpsscrape.warc.segments import segment_files


def crawl(folder: Path, spider: str, *words: str) -> tuple[float, float, int]:
    """Run a spider; return its seconds, its seconds of processor time, and its peak of memory in MB."""
    command = [
        sys.executable,
        "-m",
        "scrapy",
        "crawl",
        spider,
        "-s",
        f"CPS_DATA_DIR={folder}",
        "-s",
        "LOG_LEVEL=WARNING",
    ]
    environment = os.environ | {"SCRAPY_SETTINGS_MODULE": "cpsscrape.settings"}
    began = time.monotonic()
    process = subprocess.Popen([*command, *words], env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{spider} ended with status {os.waitstatus_to_exitcode(status)}")
    return time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def reading(folder: Path, site: str) -> tuple[int, float]:
    """Read every story among the captures; return how many they are and the seconds it took."""
    pages = 0
    seconds = 0.0
    for path in segment_files(folder / "warc"):
        for record in read_warc(path):
            url = record.url or ""
            if record.type != "response" or record.status != 200 or is_listing_url(url, site) or "robots" in url:
                continue
            body = decoded_body(record)
            began = time.perf_counter()
            read_article(body, url=url, content_type=record.content_type or "text/html")
            seconds += time.perf_counter() - began
            pages += 1
    return pages, seconds


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--pages", type=int, default=1000)
    options.add_argument("--kb", type=int, default=40)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-replay-") as place, serve(BigSite(given.pages, given.kb)) as site:
        folder = Path(place) / "data"
        crawl(folder, "news", "-a", f"site={site}")
        wall, used, memory = crawl(folder, "replay")
        pages, seconds = reading(folder, site)
    load = os.getloadavg()[0]
    print(f"{pages} pages of {given.kb} KB, {os.cpu_count()} processors, load {load:.1f} at the end")
    print(
        f"replay        {wall:8.1f} s  {pages / wall:8.1f} pages a second  {used:8.1f} s of processor  peak {memory} MB"
    )
    print(
        f"reading alone {seconds:8.1f} s  {pages / seconds:8.1f} pages a second  "
        f"{100 * seconds / wall:.0f} % of the replay"
    )


if __name__ == "__main__":
    main()
