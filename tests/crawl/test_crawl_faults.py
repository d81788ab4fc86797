from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from cpsscrape.demo.answers import page
from cpsscrape.demo.faults import EVERY, FAULTS
from cpsscrape.demo.site import Site
from cpsscrape.warc.reader import read_warc
from cpsscrape.warc.segments import segment_files

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

REASONS = {
    "redirect-offsite": "redirect off site",
    "redirect-loopback": "redirect to a private address",
    "redirect-ftp": "redirect to another scheme (ftp)",
    "redirect-file": "redirect to another scheme (file)",
    "redirect-private": "redirect to a private address",
    "redirect-link-local": "redirect to a private address",
    "redirect-loop": "redirect loop",
    "redirect-chain": "redirect loop",
    "redirect-nowhere": "status 302",
    "disallowed": "robots.txt",
    "forbidden": "status 403",
    "error-always": "status 503",
    "reset-always": "connection lost",
    "cut-always": "cut off",
    "stalled": "timeout",
    "endless-body": "too large",
    "bomb": "decompression bomb",
    "coding-broken": "broken content coding",
    "challenge": "ChallengePageError",
    "empty-page": "EmptyPageError",
    "soft-404": "SoftNotFoundError",
    "pdf": "NotTextError",
}
STATES = {
    "stored": {"done"},
    "refused": {"refused", "failed"},
    "failed": {"failed"},
    "gone": {"gone"},
    "unreadable": {"failed"},
    "any": {"done", "failed"},
}


def plain(path: str) -> str:
    return path.rstrip("/")


@dataclass(frozen=True, slots=True)
class Everything:
    """One crawl of the miniature site with every fault at once."""

    folder: Path
    done: object
    log: list
    facts: object
    url: str


@pytest.fixture(scope="module")
def everything(_home, commands, tmp_path_factory) -> Everything:
    folder = tmp_path_factory.mktemp("everything") / "data"
    facts = _home.show(1, *EVERY).facts
    (bomb,) = Site(1, ["bomb"]).facts.faulty
    Site(1, ["bomb"]).answer("GET", bomb, {})  # packing 256 MB takes the server seconds; it keeps the result
    done = commands.crawl(folder, _home.url, "-s", "DOWNLOAD_TIMEOUT=8", "-s", "RETRY_TIMES=1", timeout=240)
    return Everything(folder=folder, done=done, log=_home.log, facts=facts, url=_home.url)


def outcome(ask, crawl: Everything, name: str) -> tuple[str, str | None]:
    path = next(plain(path) for path, fault in crawl.facts.faulty.items() if fault.name == name)
    rows = ask(crawl.folder, "select state, reason from frontier where url = ?", crawl.url + path)
    assert len(rows) == 1
    return rows[0]


def test_with_every_fault_at_once_all_good_stories_are_stored(everything, ask):
    stored = {url.removeprefix(everything.url) for (url,) in ask(everything.folder, "select url from articles")}
    assert {plain(fact.path) for fact in everything.facts.stories} <= stored
    sent_well = {plain(path) for path, fault in everything.facts.faulty.items() if fault.outcome == "stored"}
    assert sent_well <= stored
    uninvited = stored - {plain(fact.path) for fact in everything.facts.stories} - set(everything.facts.faulty)
    assert not uninvited


def test_with_every_fault_at_once_the_run_is_bounded_and_says_what_is_wrong(everything, problems):
    assert everything.done.status == 1
    assert everything.done.seconds < 180
    assert everything.done.peak < 400 << 20
    said = "\n".join(problems(everything.folder))
    for reason in ("area=98", "area=99", "redirect loop", "timeout", "too large", "decompression bomb"):
        assert reason in said, reason
    assert "Traceback" not in everything.done.err
    last = [line for line in everything.done.err.splitlines() if "not healthy" in line]
    assert len(last) == 1, "one line at the end says why"


@pytest.mark.parametrize("name", sorted(name for name in EVERY if FAULTS[name].has_address))
def test_each_fault_has_its_outcome(everything, ask, name):
    state, reason = outcome(ask, everything, name)
    assert state in STATES[FAULTS[name].outcome], reason
    if name in REASONS:
        assert reason == REASONS[name]
    if state == "failed":
        assert reason, "an address that failed has a reason"


@pytest.mark.parametrize("name", sorted(name for name in EVERY if FAULTS[name].outcome == "stored"))
def test_a_story_strangely_sent_is_read_like_any_other(everything, ask, name):
    path = next(path for path, fault in everything.facts.faulty.items() if fault.name == name)
    ((headline, published, body),) = ask(
        everything.folder, "select headline, published_on, body from articles where url = ?", everything.url + path
    )
    assert headline == f"Test notice “{name}”"
    assert published
    assert "\0" not in body
    assert "need do nothing" in body or name == "nul-bytes"


def test_a_story_that_never_comes_is_not_asked_for_again_and_again(everything):
    """Two tries here (RETRY_TIMES=1); a connection that was kept alive and then reset is no reason for more."""
    targets = [entry.target for entry in everything.log]
    for path, fault in everything.facts.faulty.items():
        assert targets.count(path) <= (4 if fault.name.startswith("redirect") else 2), fault.name


def test_the_evidence_holds_what_could_not_be_read(everything):
    kept = {
        record.url
        for path in segment_files(everything.folder / "warc")
        for record in read_warc(path)
        if record.type in {"response", "revisit"}
    }
    for path, fault in everything.facts.faulty.items():
        if fault.outcome == "unreadable" or fault.name in {"forbidden", "error-always", "soft-404", "bomb"}:
            assert everything.url + path in kept, fault.name


def test_repeated_headers_are_all_in_the_evidence(everything):
    path = next(path for path, fault in everything.facts.faulty.items() if fault.name == "repeated-headers")
    (record,) = (
        record
        for segment in segment_files(everything.folder / "warc")
        for record in read_warc(segment)
        if record.type == "response" and record.url == everything.url + path
    )
    cookies = [value for name, value in record.headers if name.lower() == "set-cookie"]
    assert cookies == ["first=1; Path=/", "second=2; Path=/", "third=3; Path=/"]
    assert [value for name, value in record.headers if name == "Vary"] == ["Accept-Encoding", "Cookie"]


# --- listings that misbehave ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "faults",
    [
        ("pager-repeats", "links-tracked", "listing-error-once"),
        ("pager-endless", "links-escaped"),
        ("links-foreign", "listing-pager-offsite", "robots-huge", "disallowed"),
    ],
    ids=" ".join,
)
def test_a_strange_listing_costs_no_story_and_no_second_fetch(home, commands, tmp_path, ask, problems, faults):
    facts = home.show(1, *faults).facts
    done = commands.crawl(tmp_path / "data", home.url)
    assert done.status == 0, problems(tmp_path / "data")
    stored = [url.removeprefix(home.url) for (url,) in ask(tmp_path / "data", "select url from articles")]
    assert sorted(stored) == sorted(plain(fact.path) for fact in facts.stories)
    asked = [target.split("?")[0] for target in home.asked]
    assert {asked.count(fact.path) for fact in facts.stories} <= {0, 1}
    assert len(asked) < 1.5 * (len(facts.stories) + len(facts.listings)) + 20
    assert done.peak < 250 << 20
    for path in facts.faulty:  # what robots.txt disallows in its first lines, though 50 MB follow
        assert path not in home.asked
        found = ask(tmp_path / "data", "select state, reason from frontier where url = ?", home.url + path)
        assert found == [("refused", "robots.txt")]
        assert next(entry.sent for entry in home.log if entry.target == "/robots.txt") < 20 << 20


# --- the whole site in trouble -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("down", "robots.txt cannot be read"),
        ("down-reset", "robots.txt cannot be read"),
        ("robots-down", "robots.txt cannot be read"),
        ("challenged", "status 403"),
        ("robots-forbids", "robots.txt"),
        ("teasers-lost", "no teaser"),
    ],
)
def test_a_site_in_trouble_is_exit_1_with_a_reason_and_harms_nothing(
    first, home, commands, archive, ask, problems, fault, said
):
    home.show(1, fault)
    done = commands.crawl(archive, first.url)
    assert done.status == 1
    assert said in problems(archive)[-1] or said in problems(archive)[0]
    assert said in done.err.splitlines()[-2] + done.err.splitlines()[-1], "the end of the log says why"
    for table in ("articles", "article_versions", "quotes"):
        assert ask(archive, f"select count(*) from {table}") == ask(first.folder, f"select count(*) from {table}")
    assert ask(archive, "select count(*) from articles where gone_at is not null") == [(0,)]
    if fault.startswith(("down", "robots")):
        assert {entry.target for entry in home.log} <= {"/robots.txt"}, "a site in trouble is left alone"
    report = commands.verb(archive, "report")
    assert report.status == 1
    assert said in " ".join(report.out.split())


def test_after_the_trouble_the_next_run_makes_up_for_it(first, home, commands, tmp_path, ask, problems):
    folder = tmp_path / "data"
    home.show(1, "robots-down")
    assert commands.crawl(folder, home.url).status == 1
    home.show(1)
    assert commands.crawl(folder, home.url).status == 0, problems(folder)
    assert ask(folder, "select count(*) from articles") == [(len(first.site.facts.stories),)]


def test_removals_of_the_whole_site_are_not_believed(first, home, commands, archive, ask, problems):
    """Listings stand, but every story answers 404: an outage, not sixty removals."""

    class Emptied(type(first.site)):
        def _story_answer(self, path, host):
            return self._missing("/nowhere")

    for _ in range(2):
        home.show(site=Emptied(1))
        done = commands.crawl(archive, first.url, "-a", "full=1", "-s", "CPS_GONE_AFTER_DAYS=0")
        assert done.status == 1
        assert any("absent at once" in problem for problem in problems(archive))
    assert ask(archive, "select count(*) from articles where gone_at is not null") == [(0,)]


def test_stories_refused_one_by_one_are_no_healthy_run(first, home, commands, archive, ask, problems):
    class Walled(type(first.site)):
        def _story_answer(self, path, host):
            return page("<!DOCTYPE html><title>Forbidden</title><h1>Forbidden</h1>\n", status=403)

    home.show(site=Walled(1))
    done = commands.crawl(archive, first.url, "-a", "full=1")
    assert done.status == 1
    assert any("were refused" in problem for problem in problems(archive))
    later = ask(archive, "select count(*) from frontier where state = 'refused' and due_at is null")
    assert later == [(0,)], "a refusal is not for ever"


def test_a_redesign_is_noticed_and_costs_no_edit(first, home, commands, archive, ask, problems):
    home.show(1, "redesign")
    done = commands.crawl(archive, first.url, "-a", "full=1")
    assert done.status == 1
    assert any("layout" in problem for problem in problems(archive)), problems(archive)
    assert ask(archive, "select count(*) from article_versions") == ask(
        first.folder, "select count(*) from article_versions"
    )


class Slow(Site):
    """Asks for a second between requests, and takes nearly as long for each answer; notes when it gave them."""

    def __init__(self) -> None:
        super().__init__(1, ["crawl-delay"])
        self.spans = []

    def answer(self, method, target, headers):
        began = time.monotonic()
        answer = super().answer(method, target, headers)
        if target != "/robots.txt":
            time.sleep(0.9)
            self.spans.append((began, time.monotonic()))
        return answer


def test_crawl_delay_is_obeyed(home, commands, tmp_path):
    """From an answer to the next request but one: load makes that longer, never shorter (see test_crawl_outcomes)."""
    site = home.show(site=Slow())
    done = commands.crawl(tmp_path / "data", home.url, "-a", "areas=11", "-a", "limit=3")
    assert done.status == 0, done.err
    gaps = [later[0] - earlier[1] for earlier, later in zip(site.spans, site.spans[2:], strict=False)]
    assert len(gaps) >= 2
    assert min(gaps) > 0.99, "robots.txt asks for a second"


def test_a_refused_redirect_asks_nobody_else(everything, strayed):
    """The guard in every process writes down whom it tried to reach: 127.0.0.2 and *.invalid too."""
    assert not strayed.exists() or strayed.read_text() == ""
