"""The files of deploy/, run: by Scrapyd, by a shell with cron's environment, by GitHub's shell, by systemd's parser.

Each crawls the miniature site where it would crawl the live one; that is all that is changed.
"""

from __future__ import annotations

import json
import shutil
import socket
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
import yaml
from peers import ROOT, tool

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Commands, Home

DEPLOY = ROOT / "deploy"
PLACE = "/srv/cpsscrape"  # what the files say and an operator replaces
PROGRAMS = ("scrapy", "cpsscrape", "python")
MAIL = '#!/bin/sh\n(echo "$@"; cat) > mailed\n'

pytestmark = pytest.mark.slow


def run(*line: object, **kind: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in line], check=False, capture_output=True, text=True, **kind)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A project folder like the one the files speak of, with its environment and a `mail` program."""
    folder = tmp_path / "cpsscrape"
    (folder / "data").mkdir(parents=True)
    shutil.copy(ROOT / "scrapy.cfg", folder)
    (folder / ".venv" / "bin").mkdir(parents=True)
    for name in PROGRAMS:
        (folder / ".venv" / "bin" / name).symlink_to(Path(sys.executable).with_name(name))
    mail = folder / ".venv" / "bin" / "mail"
    mail.write_text(MAIL)
    mail.chmod(mail.stat().st_mode | stat.S_IXUSR)
    return folder


def cron_jobs() -> list[tuple[list[str], str]]:
    """Return the five times and the command of every job of deploy/cron."""
    lines = [line for line in (DEPLOY / "cron").read_text("utf-8").splitlines() if line[:1] not in {"", "#"}]
    jobs = [line.split(maxsplit=5) for line in lines if line[0] in "*0123456789"]
    return [(job[:5], job[5]) for job in jobs]


def test_cron_has_a_job_for_every_day_and_one_for_every_month() -> None:
    limits = (range(60), range(24), range(1, 32), range(1, 13), range(8))
    jobs = cron_jobs()
    assert [times[2:] for times, _ in jobs] == [["*", "*", "*"], ["1", "*", "*"]]
    for times, command in jobs:
        assert all(time == "*" or int(time) in limit for time, limit in zip(times, limits, strict=True))
        assert "%" not in command  # a line end to cron


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("verdict", ["healthy", "not healthy"])
def test_cron_jobs_run_as_cron_would_run_them(
    number: int, verdict: str, place: Path, home: Home, commands: Commands
) -> None:
    site = home.url if verdict == "healthy" else "http://127.0.0.1:9"
    command = cron_jobs()[number][1].replace(PLACE, str(place)).replace("crawl news", f"crawl news -a site={site}")
    # cron's PATH has a mail program; the rest of its environment is as bare as this.
    bare = {"PATH": f"/usr/bin:/bin:{place}/.venv/bin", "HOME": str(place), "LOGNAME": "archivist", "SHELL": "/bin/sh"}
    bare |= {name: commands.environment()[name] for name in ("PYTHONPATH", "CPS_TESTS_STRAYED")}
    done = run("/bin/sh", "-c", command, cwd="/", env=bare)
    assert f"This run is {verdict}" in (place / "data" / "crawl.log").read_text("utf-8")
    mailed = place / "mailed"
    if verdict == "healthy":
        # Or cron sends a mail every day.
        assert (done.returncode, done.stdout, done.stderr, mailed.exists()) == (0, "", "", False)
    else:
        assert done.returncode == 1
        assert mailed.read_text("utf-8").startswith("-s cpsscrape you@example.org\nRun 1 of news: not healthy")


def test_systemd_takes_the_units(place: Path, tmp_path: Path) -> None:
    units = []
    for path in sorted(DEPLOY.glob("cpsscrape*.[st]*")):
        units.append(tmp_path / path.name)
        units[-1].write_text(path.read_text("utf-8").replace(PLACE, str(place)))
    assert len(units) == 3
    done = run("systemd-analyze", "verify", *units)
    ours = [line for line in done.stderr.splitlines() if "cpsscrape" in line]
    assert (done.returncode, ours) == (0, []), done.stderr


def github_steps() -> list[dict[str, Any]]:
    workflow = yaml.safe_load((DEPLOY / "github-actions.yml").read_text("utf-8"))
    steps: list[dict[str, Any]] = workflow["jobs"]["crawl"]["steps"]
    return steps


def test_the_workflow_fits_githubs_schema() -> None:
    checker = tool("schemas") / "check-jsonschema"
    done = run(checker, "--builtin-schema", "vendor.github-workflows", DEPLOY / "github-actions.yml")
    assert done.returncode == 0, done.stdout


def test_the_workflow_carries_an_archive_only_where_it_was_brought() -> None:
    names = [step.get("name") or step.get("uses") or step["run"] for step in github_steps()]
    crawl = names.index("Crawl")
    assert names.index("Bring the archive of the last run") < crawl
    assert {step["if"] for step in github_steps()[crawl + 1 :]} == {"always() && steps.crawl.outcome != 'skipped'"}


def test_the_workflow_crawls_checks_and_publishes(place: Path, home: Home, commands: Commands) -> None:
    summary = place / "summary"
    environment = commands.environment() | {"GITHUB_STEP_SUMMARY": str(summary)}
    environment |= {"PATH": f"{place}/.venv/bin:{environment['PATH']}"}
    steps = [step["run"] for step in github_steps() if step.get("name") in {"Crawl", "Check", "Publish"}]
    assert len(steps) == 3
    for step in steps:
        script = place / "step.sh"
        script.write_text(step.replace("crawl news", f"crawl news -a site={home.url}"))
        done = run("bash", "-e", script, cwd=place, env=environment)
        assert done.returncode == 0, done.stdout + done.stderr
    assert summary.read_text("utf-8").startswith("Run 1 of news: healthy")
    package = json.loads((place / "package" / "datapackage.json").read_text("utf-8"))
    assert "article_list" in [resource["name"] for resource in package["resources"]]
    assert (place / "data" / "cps.db").exists()


class Scrapyd:
    """Scrapyd on loopback, and its answers."""

    def __init__(self, url: str) -> None:
        self.url = url

    def ask(self, name: str, data: bytes | None = None, **fields: str) -> dict[str, Any]:
        with urlopen(f"{self.url}/{name}.json?{urlencode(fields)}", data, timeout=20) as answer:
            said: dict[str, Any] = json.load(answer)
        assert said["status"] == "ok", said
        return said

    def schedule(self, **fields: str) -> str:
        return str(self.ask("schedule", urlencode(fields).encode())["jobid"])

    def is_up(self) -> bool:
        try:
            return bool(self.ask("daemonstatus"))
        except OSError:
            return False


@pytest.fixture
def scrapyd(tmp_path: Path, commands: Commands, until: Callable[..., None]) -> Scrapyd:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path / "scrapyd"
    folder.mkdir()
    (folder / "scrapyd.conf").write_text(
        f"[scrapyd]\nbind_address = 127.0.0.1\nhttp_port = {port}\npoll_interval = 0.2\n"
        "eggs_dir = eggs\nlogs_dir = logs\ndbs_dir = dbs\n"
    )
    program = tool("scrapyd") / "scrapyd"
    data = {"CPS_DATA_DIR": str(tmp_path / "archive")}
    # The egg says which settings are its own.
    commands.start("env", "--unset=SCRAPY_SETTINGS_MODULE", str(program), cwd=folder, env=data)
    running = Scrapyd(f"http://127.0.0.1:{port}")
    until(running.is_up)
    return running


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The files that `scrapyd-deploy` sees, so that what it builds is not left in the project."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    for name in ("scrapy.cfg", "setup.py", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "cpsscrape", folder / "cpsscrape", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_scrapyd_runs_the_egg(
    scrapyd: Scrapyd, checkout: Path, home: Home, tmp_path: Path, until: Callable[..., None], ask: Callable[..., Any]
) -> None:
    config = checkout / "scrapy.cfg"
    config.write_text(config.read_text("utf-8").replace("[deploy]\n", f"[deploy]\nurl = {scrapyd.url}/\n"))
    done = run(tool("scrapyd") / "scrapyd-deploy", cwd=checkout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert scrapyd.ask("listspiders", project="cpsscrape")["spiders"] == ["backfill", "news", "replay"]

    job = scrapyd.schedule(project="cpsscrape", spider="news", site=home.url)
    until(lambda: scrapyd.ask("listjobs", project="cpsscrape")["finished"], seconds=60)
    log = (tmp_path / "scrapyd" / "logs" / "cpsscrape" / "news" / f"{job}.log").read_text("utf-8")
    assert "This run is healthy" in log, log
    assert ask(tmp_path / "archive", "select healthy, count(*) from runs") == [(1, 1)]
    assert ask(tmp_path / "archive", "select count(*) > 50 from articles") == [(1,)]
