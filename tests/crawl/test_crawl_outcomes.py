"""What becomes of every address, how long a crawl waits, and when it stops asking. Real HTTP, short delays."""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cpsscrape.demo.answers import page
from cpsscrape.demo.listings import FOREIGN
from cpsscrape.demo.server import running
from cpsscrape.demo.site import Site

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cpsscrape.demo.answers import Answer

pytestmark = pytest.mark.slow


def fault_paths(site: Site) -> dict[str, str]:
    return {fault.name: path.rstrip("/") for path, fault in site.facts.faulty.items()}


def gaps(times: list[float]) -> list[float]:
    return [later - earlier for earlier, later in itertools.pairwise(times)]


# --- outcomes ------------------------------------------------------------------------------------


def test_a_story_that_left_has_its_reason_in_the_frontier_and_in_the_certificate(
    first, home, commands, archive, ask
) -> None:
    facts = home.show(2).facts
    commands.crawl(archive, first.url, "-a", "full=1")
    said = {"404": "status 404", "410": "status 410", "listing": "redirect to a listing", "soft": "SoftNotFoundError"}
    expected = {path.rstrip("/"): said[answer] for path, answer in facts.gone.items()}
    assert set(expected.values()) >= {"status 404", "status 410", "redirect to a listing"}
    rows = ask(archive, "select url, reason, due_at from frontier where state = 'gone'")
    assert {url.removeprefix(first.url): reason for url, reason, _ in rows} == expected
    assert all(due for *_, due in rows), "what is gone is looked for again, a day later"
    report = commands.verb(archive, "report").out
    for reason in expected.values():
        assert f"gone: {reason}" in report


def test_what_a_window_or_a_limit_leaves_says_so(home, commands, tmp_path, ask) -> None:
    day = sorted(fact.published_on for fact in home.show().facts.stories)[-6]
    done = commands.crawl(tmp_path / "data", home.url, "-a", "areas=11,12", "-a", f"since={day}", "-a", "limit=1")
    assert done.status == 0
    reasons = dict(ask(tmp_path / "data", "select reason, count(*) from frontier where state = 'pending' group by 1"))
    assert set(reasons) <= {"window", "limit"}
    assert reasons
    report = commands.verb(tmp_path / "data", "report").out
    for reason, count in reasons.items():
        assert f"{count} left for a later run ({reason})" in report


def test_a_teaser_that_leads_to_no_story_is_accounted_for_and_never_asked_for(home, commands, tmp_path, ask) -> None:
    folder = tmp_path / "data"
    home.show(1, "links-foreign")
    assert commands.crawl(folder, home.url, "-a", "areas=122").status == 0
    refused = ask(folder, "select reason, count(*) from frontier where state = 'refused' group by reason")
    assert dict(refused) == {"off site": 4, "no web address": 6, "no address": 2, "a file": 1}
    assert sum(count for _, count in refused) == len(FOREIGN)
    report = commands.verb(folder, "report").out
    for reason, count in refused:
        assert f"{count} refused: {reason}" in report
    home.show()
    done = commands.crawl(folder, home.url, "-a", "areas=122", "-a", "full=1")
    assert done.status == 0, "no longer listed, and not fetched by a crawl of everything either"
    assert not [target for target in home.asked if "report.pdf" in target]
    assert ask(folder, "select count(*) from frontier where reason = 'off site'") == [(4,)]


class LongWinded(Site):
    """One story of the national listing stands at an address of 2,500 characters."""

    tail = "-" + "and-so-on" * 275

    def answer(self, method: str, target: str, headers: Mapping[str, str]) -> Answer:
        plain_target = target.replace(self.tail, "")
        answer = super().answer(method, plain_target, headers)
        path = self.facts.stories[0].path
        if plain_target.startswith("/news"):
            return replace(answer, body=answer.body.replace(f'"{path}"'.encode(), f'"{path}{self.tail}"'.encode()))
        return answer


def test_a_long_address_is_one_like_any_other(home, commands, tmp_path, ask, problems) -> None:
    site = home.show(site=LongWinded())
    done = commands.crawl(tmp_path / "data", home.url)
    assert done.status == 0, problems(tmp_path / "data")
    assert any(target.endswith(site.tail) for target in home.asked)
    assert ask(tmp_path / "data", "select count(*) from articles") == [(len(site.facts.stories),)]


# --- a site that is down -------------------------------------------------------------------------


LISTINGS = ("/news", "/cps-says", "/articles-and-speeches")


class Listless(Site):
    """robots.txt and stories answer, listings do not."""

    def answer(self, method: str, target: str, headers: Mapping[str, str]) -> Answer:
        if target.split("?", maxsplit=1)[0] in LISTINGS:
            return page("<!DOCTYPE html><title>Bad gateway</title><h1>Bad gateway</h1>\n", status=502)
        return super().answer(method, target, headers)


def test_a_site_whose_every_listing_fails_is_left_alone_until_the_next_start(
    first, home, commands, archive, ask, problems
) -> None:
    known = len(first.site.facts.stories)
    home.show(site=Listless())
    done = commands.crawl(archive, first.url, "-a", "full=1", "-s", "RETRY_TIMES=0")
    assert done.status == 1
    assert "no listing could be read (status 502)" in problems(archive)[0]
    assert f"{known} stories are left for the next start" in done.err
    assert {target.split("?")[0] for target in home.asked} <= {"/robots.txt", *LISTINGS}
    assert f"{known} left for a later run (no listing answered)" in commands.verb(archive, "report").out
    home.show()
    done = commands.crawl(archive, first.url)
    assert done.status == 0, problems(archive)
    assert ask(archive, "select count(*) from frontier where state <> 'done'") == [(0,)]
    asked = set(home.asked)
    assert all(asked & {fact.path, *fact.aliases} for fact in first.site.facts.stories), "what was left is asked for"


# --- back-off ------------------------------------------------------------------------------------

BASE = 0.9

# Waits are measured from request to request, as the server notes them. It notes one before it answers, and only the
# answer makes the client wait: load makes such a gap longer, never shorter. A stalled answer is different: the
# client's second begins before the server notes the request, and what that is late is missing from the gap.
STALLED = 0.15  # of the second; the rest may be missing, and still a wait differs from none, and from a doubled one


@pytest.fixture(scope="module")
def troubled(_home, commands, tmp_path_factory, problems) -> tuple[Path, dict[str, list[float]], list[str]]:
    """One crawl of stories that fail in every transient way, some for ever."""
    folder = tmp_path_factory.mktemp("troubled") / "data"
    faults = "error-always reset-always cut-always stalled error-once reset-once cut-once too-many-once".split()
    site = _home.show(1, *faults)
    settings = {"CPS_RETRY_BACKOFF": BASE, "DOWNLOAD_TIMEOUT": 1}
    words = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    assert commands.crawl(folder, _home.url, "-a", "areas=122", *words).status == 1
    times = {
        name: [entry.time for entry in _home.log if entry.target.rstrip("/") == path]
        for name, path in fault_paths(site).items()
    }
    return folder, times, problems(folder)


@pytest.mark.parametrize(
    ("fault", "reason", "lost"),
    [
        ("error-always", "status 503", 0),
        ("reset-always", "connection lost", 0),
        ("cut-always", "cut off", 0),
        ("stalled", "timeout", STALLED),
    ],
)
def test_transient_trouble_is_tried_again_ever_later_and_then_recorded(troubled, ask, fault, reason, lost) -> None:
    folder, times, wrong = troubled
    between = [gap - lost for gap in gaps(times[fault])]
    assert len(between) == 2, "two more tries"
    assert between[0] >= BASE
    assert between[1] >= 2 * BASE
    found = ask(folder, "select state, reason from frontier where url like ?", f"%test-notice-{fault}")
    assert found == [("failed", reason)]
    assert any(f"1 article could not be fetched ({reason})" in problem for problem in wrong)


@pytest.mark.parametrize("fault", ["error-once", "reset-once", "cut-once", "too-many-once"])
def test_trouble_that_passes_costs_one_wait(troubled, ask, fault) -> None:
    folder, times, _ = troubled
    (gap,) = gaps(times[fault])
    assert gap >= (1 if fault == "too-many-once" else BASE), "Retry-After: 1 is longer than the first delay"
    assert ask(folder, "select state from frontier where url like ?", f"%test-notice-{fault}") == [("done",)]


# --- politeness ----------------------------------------------------------------------------------

LIVE = "http://cps.invalid"  # no loopback address, so every courtesy is on; reached through a proxy on loopback


class Timed(Site):
    """Every answer takes nearly as long as the client has to wait; when each request began and ended is noted."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds
        self.spans: list[tuple[float, float]] = []
        self._lock = threading.Lock()

    def answer(self, method: str, target: str, headers: Mapping[str, str]) -> Answer:
        began = time.monotonic()
        time.sleep(self.seconds)
        answer = super().answer(method, target, headers)
        with self._lock:
            self.spans.append((began, time.monotonic()))
        return answer


@pytest.mark.parametrize(("words", "apart"), [(("-s", "CPS_CONTACT=ann@example.org"), 1.0), ((), 2.0)])
def test_one_request_at_a_time_a_second_apart_and_two_without_a_contact(commands, tmp_path, words, apart) -> None:
    """How far apart, is told by what no load makes shorter: from an answer to the next request but one.

    The client begins a request after the answer before it, waits, and begins the next. Each answer takes all but a
    twentieth of the wait: whoever waits less than that from request to request asks again that much too early.
    """
    site = Timed(0.95 * apart)
    with running(site) as server:
        started = commands.start_crawl(
            tmp_path / "data",
            *("-a", f"site={LIVE}", "-a", "areas=11", "-a", "limit=2", "-s", "AUTOTHROTTLE_START_DELAY=0"),
            *words,
            env={"http_proxy": server.url},
        )
        done = started.end()
        agents = {dict(entry.headers).get("User-Agent") for entry in server.log}
    assert done.status == 0, done.err
    assert len(site.spans) == 4, "robots.txt, a listing, two stories"
    spans = sorted(site.spans)
    assert all(later[0] >= earlier[1] for earlier, later in itertools.pairwise(spans)), "never two at once"
    assert min(later[0] - earlier[1] for earlier, later in zip(spans, spans[2:], strict=False)) >= apart - 0.01
    (agent,) = agents
    assert ("ann@example.org" in agent) == bool(words)
    assert ("No CPS_CONTACT is set" in done.err) == (not words)
