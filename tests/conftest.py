"""What tests share: the miniature site on loopback, the real ``scrapy crawl``, archives to copy.

No test reaches anything but 127.0.0.1: an audit hook in this process, in each worker of a parallel run and in every
Python that a test starts refuses every other address, 127.0.0.2 too, and writes it down; :func:`nobody_strayed`
then fails the session.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from cpsscrape.archive.database import DATABASE
from cpsscrape.demo.server import DemoServer, running
from cpsscrape.demo.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROOT = Path(__file__).resolve().parent.parent
GUARD = Path(__file__).resolve().parent / "guard"
CRAWL = (sys.executable, "-m", "scrapy", "crawl")
VERB = (sys.executable, "-c", "from cpsscrape.cli import main; main()")

# The same rule for this process and for those it starts, however a test starts them.
sys.path.insert(0, str(GUARD))
os.environ["PYTHONPATH"] = os.pathsep.join(
    dict.fromkeys(part for part in (str(GUARD), *os.environ.get("PYTHONPATH", "").split(os.pathsep)) if part)
)
import sitecustomize as guard  # noqa: E402 # a worker has it already: its hook is there twice, and says so twice

sys.addaudithook(guard.watch)

#: Hypothesis's own deadline for an example, 0.2 seconds, by processor time; the clock only guards against hanging.
EXAMPLE = 0.2
hypothesis.settings.register_profile("tests", deadline=60_000)
hypothesis.settings.load_profile("tests")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One worker more than processors: tests wait for programs they started, and some wait for the clock."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what drives programs: workers take whole files, and at the end the quick ones fill the gaps."""
    items.sort(key=lambda item: "slow" not in item.keywords)
    for item in items:
        if hasattr(getattr(item, "obj", None), "hypothesis"):
            _by_processor_time(item.obj.hypothesis)


def _by_processor_time(handle: Any) -> None:
    """Hold each example of a Hypothesis test to its fifth of a second by processor time, not by the clock.

    ``@settings(deadline=None)`` still means none.
    """
    test = handle.inner_test
    if getattr(test, "is_timed", False):
        return

    @functools.wraps(test)
    def timed(*args: Any, **kwargs: Any) -> None:
        began = time.thread_time()
        test(*args, **kwargs)
        if hypothesis.settings.default.deadline is not None:
            assert time.thread_time() - began < EXAMPLE, "an example took too long"

    timed.is_timed = True  # parametrised tests share their function
    handle.inner_test = timed


@dataclass(frozen=True, slots=True)
class Done:
    """A command that ended. ``status`` is negative for a signal; ``peak`` is its memory in bytes."""

    status: int
    out: str
    err: str
    seconds: float
    peak: int

    @property
    def said(self) -> list[str]:
        """The lines of standard error that are for people: no log lines of level INFO."""
        return [line for line in self.err.splitlines() if " INFO: " not in line]


@dataclass(slots=True)
class Started:
    """A command that runs: kill it, signal it, or wait for its end."""

    process: subprocess.Popen[bytes]
    files: tuple[Path, Path]
    began: float = field(default_factory=time.monotonic)

    def signal(self, number: int) -> None:
        self.process.send_signal(number)

    def end(self, timeout: float = 90) -> Done:
        """Wait for the end; a command that takes longer is killed, and the test fails."""
        waited = time.monotonic()
        while True:
            pid, status, usage = os.wait4(self.process.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() - waited > timeout:
                self.process.kill()
                self.process.wait()
                pytest.fail(f"took longer than {timeout} seconds:\n{self._text(1)[-4000:]}")
            time.sleep(0.01)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        return Done(
            status=self.process.returncode,
            out=self._text(0),
            err=self._text(1),
            seconds=time.monotonic() - self.began,
            peak=usage.ru_maxrss * 1024,
        )

    def _text(self, number: int) -> str:
        return self.files[number].read_text("utf-8", "replace")


class Commands:
    """Starts this project's real commands in processes of their own."""

    def __init__(self, scratch: Path, strayed: Path) -> None:
        self._scratch = scratch
        self._strayed = strayed
        self._serial = 0
        self._running: list[Started] = []

    def start(
        self,
        *command: str,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        before: Callable[[], None] | None = None,
    ) -> Started:
        """Start a command outside the project's folder; ``before`` runs in the child, for limits."""
        self._serial += 1
        files = (self._scratch / f"{self._serial}.out", self._scratch / f"{self._serial}.err")
        with files[0].open("wb") as out, files[1].open("wb") as err:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=cwd or self._scratch,
                env=self.environment() | dict(env or {}),
                preexec_fn=before,  # one thread serves, and it takes no locks
            )
        started = Started(process, files)
        self._running.append(started)
        return started

    def kill_all(self) -> None:
        """End what still runs."""
        for started in self._running:
            if started.process.poll() is None:
                started.process.kill()
                started.process.wait()
        self._running.clear()

    def environment(self) -> dict[str, str]:
        """The environment of a user who set nothing but the settings module."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CPS_", "SCRAPY_"))}
        return kept | {
            "CPS_TESTS_STRAYED": str(self._strayed),
            "SCRAPY_SETTINGS_MODULE": "cpsscrape.settings",
        }

    def start_crawl(self, folder: Path, *words: str, spider: str = "news", **kind: Any) -> Started:
        """Start ``scrapy crawl SPIDER WORDS`` on the archive in ``folder``."""
        return self.start(*CRAWL, spider, "-s", f"CPS_DATA_DIR={folder}", *words, **kind)

    def crawl(self, folder: Path, site: str, *words: str, timeout: float = 90, **kind: Any) -> Done:
        """Crawl the news of a site to the end."""
        return self.start_crawl(folder, "-a", f"site={site}", *words, **kind).end(timeout)

    def replay(self, folder: Path, *words: str, timeout: float = 90, **kind: Any) -> Done:
        """Replay stored captures to the end."""
        return self.start_crawl(folder, *words, spider="replay", **kind).end(timeout)

    def verb(self, folder: Path, *words: str, **kind: Any) -> Done:
        """Run ``cpsscrape --data FOLDER WORDS`` to the end."""
        return self.start(*VERB, "--data", str(folder), *words, **kind).end()


class Home:
    """The miniature site at an address that stays the same for the whole session.

    An archive belongs to one site, port included: only so can a copy of an archive be crawled again.
    """

    def __init__(self, server: DemoServer) -> None:
        self._server = server
        self.url = server.url

    def show(self, state: int = 1, *faults: str, site: Any = None) -> Site:
        """Show another site from now on and forget what was asked so far."""
        shown = site if site is not None else Site(state, faults)
        self._server.site = shown
        self._server.log.clear()
        return shown

    @property
    def asked(self) -> list[str]:
        """The targets that were asked for, in order."""
        return [entry.target for entry in list(self._server.log)]

    @property
    def log(self) -> list[Any]:
        """Every request so far, with its headers, time and bytes."""
        return list(self._server.log)


@pytest.fixture(scope="session")
def strayed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the guard writes down whom a test tried to reach."""
    path = tmp_path_factory.mktemp("guard") / "strayed.txt"
    os.environ["CPS_TESTS_STRAYED"] = str(path)
    return path


@pytest.fixture(scope="session", autouse=True)
def nobody_strayed(strayed: Path) -> Iterator[None]:
    """Fail the session if anything tried to leave 127.0.0.1."""
    yield
    hosts = sorted(set(strayed.read_text().split())) if strayed.exists() else []
    assert not hosts, f"something tried to reach {', '.join(hosts)}"


@pytest.fixture(scope="session")
def commands(tmp_path_factory: pytest.TempPathFactory, strayed: Path) -> Commands:
    """The real commands: ``commands.crawl(folder, url)``, ``.replay``, ``.verb``, ``.start_crawl``."""
    return Commands(tmp_path_factory.mktemp("outside-the-project"), strayed)


@pytest.fixture(scope="session")
def _home() -> Iterator[Home]:
    with running(Site()) as server:
        yield Home(server)


@pytest.fixture
def home(_home: Home) -> Home:
    """The miniature site in its first state."""
    _home.show()
    return _home


@dataclass(frozen=True, slots=True)
class Crawled:
    """A finished crawl that several tests look at; nobody writes to its folder."""

    folder: Path
    done: Done
    asked: list[str]
    log: list[Any]
    site: Site
    url: str

    def copy(self, to: Path) -> Path:
        """Return a copy of the archive that a test may write to."""
        return Path(shutil.copytree(self.folder, to / "copy"))


@pytest.fixture(scope="session")
def first(_home: Home, commands: Commands, tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """The first crawl of the miniature site, healthy, made once for the session."""
    folder = tmp_path_factory.mktemp("first") / "data"
    site = _home.show()
    done = commands.crawl(folder, _home.url)
    return Crawled(folder=folder, done=done, asked=_home.asked, log=_home.log, site=site, url=_home.url)


@pytest.fixture
def archive(first: Crawled, tmp_path: Path) -> Path:
    """A copy of the first crawl's archive, to be written to."""
    return first.copy(tmp_path)


def query(folder: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """Ask an archive's database; opened read-only and closed at once."""
    with closing(sqlite3.connect(f"file:{folder / DATABASE}?mode=ro", uri=True)) as db:
        return db.execute(sql, values).fetchall()


@pytest.fixture(scope="session")
def ask() -> Callable[..., list[tuple[Any, ...]]]:
    """Rows of an archive: ``ask(folder, "select …", values…)``."""
    return query


@pytest.fixture(scope="session")
def problems() -> Callable[[Path], list[str]]:
    """What the last run in an archive found wrong."""

    return lambda folder: json.loads(query(folder, "select problems from runs order by id desc limit 1")[0][0])


def wait_for(holds: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something holds, or fail."""
    patience = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > patience:
            pytest.fail("waited in vain")
        time.sleep(0.01)


@pytest.fixture(scope="session")
def until() -> Callable[..., None]:
    """``until(lambda: …)`` waits for something to hold."""
    return wait_for


@pytest.fixture(scope="session")
def spent() -> Callable[[int], float]:
    """``spent(pid)``: the processor time of a process so far, in seconds; other load does not change it."""

    def seconds(pid: int) -> float:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    return seconds


@pytest.fixture(autouse=True)
def _nothing_left_running(commands: Commands) -> Iterator[None]:
    """A test that fails half-way leaves no crawl behind."""
    yield
    commands.kill_all()
