"""What a crawl costs beside a bare Scrapy spider that follows the same links and stores nothing.

    python tests/benchmarks/bench_crawl.py                      2,000 pages of 40 KB
    python tests/benchmarks/bench_crawl.py --pages 20000        for memory

Both run in one go against the same server process, with the same settings for concurrency and delay; the
crawl writes WARC and database with search on. Then the second crawl of the unchanged site, and a profile.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import pstats
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

if TYPE_CHECKING:
    import resource
    from collections.abc import Sequence

BARE = Path(__file__).resolve().parent / "bare_spider.py"
SAME = ("CONCURRENT_REQUESTS=2", "CONCURRENT_REQUESTS_PER_DOMAIN=1", "DOWNLOAD_DELAY=0", "ROBOTSTXT_OBEY=1")
SAME += ("TELNETCONSOLE_ENABLED=0", "REMOTE_CONTROL_ENABLED=0", "COOKIES_ENABLED=0", "LOG_LEVEL=WARNING")


@dataclass(frozen=True, slots=True)
class Cost:
    """One run. ``seconds`` are from the first request to the last, so that starting Python does not count."""

    seconds: float
    wall: float
    peak: int
    requests: int
    stories: int
    sent: int
    status: int
    cpu: float

    @property
    def pace(self) -> float:
        """Stories a second."""
        return self.stories / self.seconds if self.seconds else 0.0


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--kb", type=int, default=40)
    parser.add_argument("--repeat", type=int, default=1, help="pairs of runs; the best pace of each counts")
    parser.add_argument("--profile", action="store_true", help="one crawl more, under cProfile")
    options = parser.parse_args(words)
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    server = subprocess.Popen(
        [sys.executable, "-m", "cpsscrape.demo.server", "--big", str(options.pages), "--kb", str(options.kb)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        report(server.stdout.readline().strip(), folder, options)
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def report(url: str, folder: Path, options: argparse.Namespace) -> None:
    bares, crawls = [], []
    for number in range(options.repeat):
        bares.append(run(url, bare(url), folder))
        crawls.append(run(url, crawl(url, folder / str(number)), folder))
    best_bare, best = (max(costs, key=lambda cost: cost.pace) for costs in (bares, crawls))
    say("bare spider", best_bare)
    say("first crawl", best)
    print(
        f"ratio: {best.pace / best_bare.pace:.2f} by the clock, {best_bare.cpu / best.cpu:.2f} by processor time",
        flush=True,
    )
    second = run(url, crawl(url, folder / "0"), folder)
    say("second crawl", second)
    print(
        f"second crawl: {second.requests} requests and {second.sent / best.sent:.1%} of the first one's bytes",
        flush=True,
    )
    if options.profile:
        profile = folder / "profile"
        run(url, [*crawl(url, folder / "profiled")], folder, profile=profile)
        print(summary(profile), flush=True)


def bare(url: str) -> list[str]:
    settings = [word for setting in SAME for word in ("-s", setting)]
    return ["runspider", str(BARE), "-a", f"site={url}", *settings]


def crawl(url: str, folder: Path) -> list[str]:
    return ["crawl", "news", "-a", f"site={url}", "-s", f"CPS_DATA_DIR={folder}", "-s", "LOG_LEVEL=WARNING"]


def run(url: str, words: list[str], folder: Path, *, profile: Path | None = None) -> Cost:
    """Run one command and read what it asked for from the server's log."""
    python = [sys.executable, *(("-m", "cProfile", "-o", str(profile)) if profile else ())]
    environment = {name: value for name, value in os.environ.items() if name != "SCRAPY_SETTINGS_MODULE"}
    if words[0] == "crawl":
        environment["SCRAPY_SETTINGS_MODULE"] = "cpsscrape.settings"
    began = time.time()
    process = subprocess.Popen([*python, "-m", "scrapy", *words], cwd=folder, env=environment)
    peak, usage, status = _wait(process.pid)
    process.returncode = os.waitstatus_to_exitcode(status)
    with urlopen(f"{url}/__log__") as answer:
        log: list[dict[str, Any]] = [entry for entry in json.load(answer) if entry["time"] >= began]
    return Cost(
        seconds=log[-1]["time"] - log[0]["time"],
        wall=time.time() - began,
        peak=peak,
        requests=len(log),
        stories=sum("/generated-story-" in entry["target"] for entry in log),
        sent=sum(entry["sent"] for entry in log),
        status=process.returncode,
        cpu=usage.ru_utime + usage.ru_stime,
    )


def _wait(pid: int) -> tuple[int, resource.struct_rusage, int]:
    """Wait for a process: its peak of memory in bytes, what it used, its status.

    ``ru_maxrss`` would begin at what this program weighed when it started the other.
    """
    peak = 0
    while True:
        with contextlib.suppress(OSError, StopIteration):
            lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
            peak = max(peak, int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1024)
        ended, status, usage = os.wait4(pid, os.WNOHANG)
        if ended:
            return peak, usage, status
        time.sleep(0.05)


def say(name: str, cost: Cost) -> None:
    print(
        f"{name:13} {cost.stories} stories, {cost.requests} requests, {cost.sent / 1e6:.1f} MB in "
        f"{cost.seconds:.1f} s ({cost.pace:.1f} stories a second; {cost.wall:.1f} s with start and end), "
        f"{cost.cpu:.1f} s of processor time, peak {cost.peak / 2**20:.0f} MB, exit status {cost.status}",
        flush=True,
    )


def summary(profile: Path) -> str:
    """The functions that took most of the time themselves, and the parts of this project by total time."""
    out = io.StringIO()
    stats = pstats.Stats(str(profile), stream=out).strip_dirs()
    stats.sort_stats("tottime").print_stats(22)
    stats.sort_stats("cumulative").print_stats(
        "read_page|add_quotes|add_case_studies|store_article|replace_derived|write_record|process_item|process_response"
        "|_append|sync|compress|parse_listing|parse_story|transaction|fsync|execute"
    )
    lines = [line for line in out.getvalue().splitlines() if line.strip() and "Ordered by" not in line]
    return "\n".join(lines[:75])


if __name__ == "__main__":
    sys.exit(main())
