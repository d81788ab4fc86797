from __future__ import annotations

import gzip
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
import zlib
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from cpsscrape.demo.big import BigSite
from cpsscrape.demo.faults import EVERY, FAULTS
from cpsscrape.demo.revisions import Revision
from cpsscrape.demo.server import running, serve
from cpsscrape.demo.site import Site
from cpsscrape.demo.stories import read_story

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cpsscrape.demo.answers import Answer

HOST = "127.0.0.1:8000"
LINK = re.compile(r'(?:href|src)="([^"]*)"')
TEASER = re.compile(r'<h3[^>]*><a href="([^"]*)">')


def ask(site: Site, target: str, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return site.answer("GET", target, {"host": HOST, **named})


def body_of(answer: Answer) -> str:
    return answer.body.decode()


def walk(site: Site, target: str) -> Iterator[str]:
    """Follow a listing's next links as a reader would; gives each page."""
    while True:
        page = body_of(ask(site, target))
        yield page
        following = re.search(r'<a href="([^"]*)" rel="next"', page)
        if not following:
            return
        target = urlsplit(target).path + unescape(following[1])


class Client:
    """A connection that is opened anew whenever the server ended the last one."""

    def __init__(self, url: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)

    def get(self, target: str, *, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        try:
            self.connection.request(method, target, headers={k.replace("_", "-"): v for k, v in headers.items()})
            response = self.connection.getresponse()
            return response, response.read()
        except BaseException:
            self.connection.close()
            raise


@pytest.fixture
def client() -> Iterator[Callable[[str], Client]]:
    clients: list[Client] = []

    def connect(url: str) -> Client:
        clients.append(Client(url))
        return clients[-1]

    yield connect
    for made in clients:
        made.connection.close()


@pytest.mark.parametrize("state", [1, 2, 3])
def test_every_story_is_reached_under_each_of_its_addresses(state: int) -> None:
    site = Site(state)
    for story in site.facts.stories:
        for path in (story.path, *story.aliases):
            answer = ask(site, path)
            if answer.status == 301:
                assert answer.header("Location") == f"http://{HOST}{story.path}"
                continue
            assert answer.status == 200, path
            page = body_of(answer)
            assert unescape(page).count(f">{story.headline}<") or story.update_label, path
            if story.node_id:
                assert f'<link rel="shortlink" href="http://{HOST}/node/{story.node_id}">' in page
                assert f'<link rel="canonical" href="http://{HOST}{story.path}">' in page


def test_aliases_are_of_both_kinds() -> None:
    site = Site()
    answers = {ask(site, alias).status for story in site.facts.stories for alias in story.aliases}
    assert answers == {200, 301}


@pytest.mark.parametrize("state", [1, 2, 3])
@pytest.mark.parametrize("era", ["B", "C"])
def test_listings_show_what_their_head_lines_say(state: int, era: str) -> None:
    site = Site(state, era="B" if era == "B" else "C")
    listed: set[str] = set()
    for target, total in site.facts.listings.items():
        pages = list(walk(site, target))
        found = [href for page in pages for href in TEASER.findall(page)]
        assert len(found) == len(set(found)) == total > 0
        assert f"of {total} results" in pages[0]
        assert len(pages) == -(-total // 10)
        listed.update(found)
    reached = {link: ask(site, link) for link in listed}
    assert {answer.status for answer in reached.values()} <= {200, 301}
    assert len(listed) == len(site.facts.stories)


def test_the_news_page_is_silently_the_national_listing() -> None:
    site = Site()
    head = f'Showing 1 - 10 of {site.facts.listings["/news?area=122"]} results for area "CPS"'
    assert head in body_of(ask(site, "/news"))
    assert head in body_of(ask(site, "/news?area=All"))
    assert head in body_of(ask(site, "/node/8277"))


def test_listings_can_be_filtered() -> None:
    site = Site()
    assert 'for crime type "Hate crime" &amp; area "London South"' in body_of(ask(site, "/news?crime_type=21&area=123"))
    recent = body_of(ask(site, "/news?area=122&publication_date_after=06/01/2026"))
    assert set(re.findall(r'teaser__date">\d+ \w+ (\d{4})', recent)) == {"2026"}
    assert "There are no results" in body_of(ask(site, "/news?area=122&page=99"))


def test_a_double_escaped_query_gives_the_first_page_again() -> None:
    site = Site()
    assert body_of(ask(site, "/news?area=122&amp%3Bpage=1")).count("Showing 1 - 10") == 1


def test_links_inside_the_site_lead_somewhere() -> None:
    site = Site()
    targets = {
        link
        for story in site.facts.stories
        for link in map(unescape, LINK.findall(body_of(ask(site, story.path))))
        if link.startswith("/") and not link.startswith(("/topic/", "/tags/"))
    }
    dead = {target for target in targets if ask(site, target).status not in (200, 301)}
    assert dead == set(site.facts.gone)
    assert any(target.endswith(".pdf") for target in targets)
    assert any(target.endswith(".png") for target in targets)


def test_the_second_state_differs_where_its_facts_say_so() -> None:
    first, second = Site(1), Site(2)
    facts = second.facts
    changed = {
        story.path
        for story in first.facts.stories
        if ask(second, story.path, if_none_match=ask(first, story.path).header("ETag") or "").status == 200
    }
    gone = {path for path, how in facts.gone.items() if how == "soft"}
    assert changed == {*facts.edited, *facts.refurnished, *gone}
    assert all((facts.edited, facts.refurnished, facts.backdated, facts.returned))
    assert {story.path for story in facts.stories} - {story.path for story in first.facts.stories} == {
        *facts.new,
        *facts.returned,
    }


def test_removed_stories_answer_as_the_facts_say() -> None:
    site = Site(2)
    answers = {how: ask(site, path) for path, how in site.facts.gone.items()}
    assert answers["404"].status == 404
    assert answers["410"].status == 410
    assert answers["listing"].header("Location") == f"http://{HOST}/news"
    assert answers["soft"].status == 200
    assert "Page not found" in body_of(answers["soft"])
    assert set(Site(2).facts.gone) - set(Site(3).facts.gone)


def test_conditional_requests() -> None:
    site = Site()
    path = site.facts.stories[0].path
    answer = ask(site, path)
    tag, modified = answer.header("ETag") or "", answer.header("Last-Modified") or ""
    assert ask(site, path, if_none_match=f'"other", W/{tag}').status == 304
    assert ask(site, path, if_none_match='"other"', if_modified_since=modified).status == 200
    assert ask(site, path, if_modified_since=modified).status == 304
    assert ask(site, path, if_modified_since="Mon, 01 Jan 2018 00:00:00 GMT").status == 200
    assert ask(site, path, if_modified_since="yesterday").status == 200
    assert ask(site, path, if_none_match=tag).body == b""


def test_pages_name_the_host_they_were_asked_for() -> None:
    answer = Site().answer("GET", Site().facts.stories[0].path, {"host": "news.example:81"})
    assert b'rel="canonical" href="http://news.example:81/' in answer.body
    assert HOST.encode() not in answer.body


def test_an_unknown_fault_is_named() -> None:
    with pytest.raises(ValueError, match=r"no fault is called slwo; there are: all, pager-repeats"):
        Site(faults=["slwo"])


def test_a_slip_in_an_article_is_named() -> None:
    with pytest.raises(ValueError, match="no area is called 'Atlantis'"):
        read_story("x", "title: X\ndate: 2026-01-01\nareas: Atlantis\nteaser: T\n\nBody", 1)
    with pytest.raises(ValueError, match=r"articles/x\.txt: 'titel X' is no header line"):
        read_story("x", "titel X\n\nBody", 1)
    with pytest.raises(ValueError, match="'b' 2 times"):
        Revision(slug="x", kind="word", old="b", new="c").applied("a b b")


def test_no_story_is_lost_with_every_fault_at_once() -> None:
    site = Site(faults=["all"])
    assert site.faults == EVERY
    found: set[str] = set()
    for target, total in site.facts.listings.items():
        for page in range(-(-total // 10)):
            listing = f"{target}{'&' if '?' in target else '?'}page={page}"
            ask(site, listing)  # the first visit may fail: listing-error-once
            links = map(unescape, TEASER.findall(body_of(ask(site, listing))))
            found.update(urlsplit(link).path for link in links if re.match("/[^/]", link))
    paths = {path.rstrip("/") for path in found}
    for story in site.facts.stories:
        assert paths & {path.rstrip("/") for path in (story.path, *story.aliases)}, story.slug
        assert ask(site, story.path).status == 200
    assert set(site.facts.faulty) <= paths


@pytest.mark.parametrize("name", ["pager-repeats", "pager-endless"])
def test_a_spoilt_pager_never_ends_and_shows_nothing_new(name: str) -> None:
    site = Site(faults=[name])
    area = 13 if name == "pager-repeats" else 122
    good = {link for page in walk(Site(), f"/news?area={area}") for link in TEASER.findall(page)}
    pages = [body_of(ask(site, f"/news?area={area}&page={number}")) for number in range(12)]
    assert all('rel="next"' in page for page in pages)
    assert {link for page in pages for link in TEASER.findall(page)} == good
    assert (len(set(map(str, map(TEASER.findall, pages[3:])))) == 1) == (name == "pager-repeats")


def test_links_are_spoilt_as_named() -> None:
    def listing(name: str, target: str = "/news?area=122") -> str:
        return body_of(ask(Site(faults=[name]), target))

    assert "?area=122&amp;amp%3Bpage=1" in listing("links-escaped")
    assert "utm_source=" in listing("links-tracked")
    assert {"mailto:press@cps.invalid", "javascript:void(0)", ""} <= set(TEASER.findall(listing("links-foreign")))
    assert 'href="http://offsite.invalid/news' in listing("listing-pager-offsite", "/news?area=11")
    assert '<option value="98">Isles</option>' in listing("listing-empty")
    empty = listing("listing-empty", "/news?area=98")
    assert not TEASER.findall(empty)
    offsite = ask(Site(faults=["listing-offsite"]), "/news?area=99")
    assert offsite.header("Location") == "http://offsite.invalid/news?area=99"
    lost = listing("teasers-lost")
    assert "of 23 results" in lost
    assert not TEASER.findall(lost)


def fault_target(site: Site, name: str) -> str:
    return next(path for path, fault in site.facts.faulty.items() if fault.name == name)


@pytest.mark.parametrize("name", [name for name, fault in FAULTS.items() if fault.outcome == "stored"])
def test_a_story_comes_whole_through_a_fault_that_passes(name: str, client: Callable[[str], Client]) -> None:
    site = Site(faults=[name])
    with serve(site) as url:
        reader = client(url)
        tries = 0
        while True:
            tries += 1
            try:
                response, body = reader.get(fault_target(site, name))
            except (http.client.IncompleteRead, ConnectionResetError):
                continue
            if response.status == 200:
                break
        coding = response.headers["Content-Encoding"]
    decoded = {"gzip": gzip.decompress, "deflate": inflate, None: bytes}[coding](body)
    text = decoded.replace(b"\0", b"").decode("cp1252" if name == "charset-wrong" else "utf-8")
    assert "café’s “naïve” accents" in text
    assert f"Test notice “{name}”" in text
    assert tries == (2 if name.endswith("-once") else 1)


def inflate(body: bytes) -> bytes:
    return zlib.decompress(body, -15 if body[:1] != b"\x78" else 15)


@pytest.mark.parametrize(
    ("name", "location"),
    [
        ("redirect-offsite", "http://offsite.invalid/"),
        ("redirect-loopback", "http://127.0.0.2/"),
        ("redirect-ftp", "ftp:"),
        ("redirect-file", "file:///"),
        ("redirect-private", "http://10.0.0.1/"),
        ("redirect-link-local", "http://169.254.169.254/"),
    ],
)
def test_a_redirect_leads_where_it_says(name: str, location: str) -> None:
    site = Site(faults=[name])
    answer = ask(site, fault_target(site, name))
    assert answer.status == 302
    assert (answer.header("Location") or "").startswith(location)


def test_redirects_loop_and_chain() -> None:
    site = Site(faults=["redirect-loop", "redirect-chain"])
    target = fault_target(site, "redirect-loop")
    seen = []
    for _ in range(4):
        seen.append(target)
        target = urlsplit(ask(site, target).header("Location") or "").path
    assert len(set(seen)) == 2
    target = fault_target(site, "redirect-chain")
    hops = 0
    while (answer := ask(site, target)).status == 302:
        target = urlsplit(answer.header("Location") or "").path
        hops += 1
    assert hops == 40
    assert "Test notice" in body_of(answer)


def unpacked_size(body: bytes) -> int:
    unpacker, size = zlib.decompressobj(wbits=31), 0
    while not unpacker.eof:
        size += len(unpacker.decompress(unpacker.unconsumed_tail or body, 1 << 20))
    return size


def test_troubles_on_the_wire(client: Callable[[str], Client]) -> None:
    site = Site(faults=["all"])
    with serve(site) as url:
        reader = client(url)
        for _ in range(2):
            with pytest.raises(ConnectionResetError):
                reader.get(fault_target(site, "reset-always"))
            with pytest.raises(http.client.IncompleteRead):
                reader.get(fault_target(site, "cut-always"))
        with pytest.raises(http.client.LineTooLong):
            reader.get(fault_target(site, "giant-header"))
        with pytest.raises(http.client.HTTPException):
            reader.get(fault_target(site, "many-headers"))
        response, _ = reader.get(fault_target(site, "repeated-headers"))
        assert len(response.headers.get_all("Set-Cookie") or ()) == 3
        response, body = reader.get(fault_target(site, "bomb"))
        assert len(body) < 1 << 19
        assert unpacked_size(body) == 256 << 20
        assert reader.get(fault_target(site, "error-always"))[0].status == 503
        assert reader.get(fault_target(site, "forbidden"))[0].status == 403
        assert reader.get(fault_target(site, "redirect-nowhere"))[0].headers["Location"] is None
        assert reader.get(fault_target(site, "pdf"))[1].startswith(b"%PDF-")
        assert reader.get(fault_target(site, "empty-page"))[1] == b""
        assert reader.get(fault_target(site, "nested"))[1].count(b"<div>") > 99_999
        assert max(map(len, reader.get(fault_target(site, "one-line"))[1].split(b"\n"))) > 5_000_000


@pytest.mark.parametrize(("name", "least"), [("endless-body", 120 << 20), ("robots-huge", 45 << 20), ("stalled", 0)])
def test_a_stream_is_long_and_can_be_left(name: str, least: int, client: Callable[[str], Client]) -> None:
    site = Site(faults=[name])
    target = "/robots.txt" if name == "robots-huge" else fault_target(site, name)
    with serve(site) as url:
        connection = client(url).connection
        began = time.monotonic()
        connection.request("GET", target)
        with connection.getresponse() as response:
            first = response.read1(1000)
            assert (len(first) < 40) == (name == "stalled"), "it comes in drops, however late they are looked at"
            if name == "stalled":
                assert len(first + response.read(2)) >= 3
                assert time.monotonic() - began > 0.5
            if least:
                size = 0
                while piece := response.read(1 << 20):
                    size += len(piece)
                assert least < size < 200 << 20
        connection.close()
        assert client(url).get("/news")[0].status == 200


def test_robots_disallows_an_address_that_is_linked() -> None:
    site = Site(faults=["disallowed"])
    rules = body_of(ask(site, "/robots.txt"))
    assert "Crawl-delay: 0\n" in rules
    assert "Disallow: /search/\n" in rules
    assert 'href="/search/stories"' in body_of(ask(site, "/news"))
    assert fault_target(site, "disallowed").endswith("/news/test-notice-disallowed")


def test_the_whole_site_can_be_down(client: Callable[[str], Client]) -> None:
    site = Site(faults=["down"])
    targets = ("/robots.txt", "/news", site.facts.stories[0].path)
    assert {ask(site, target).status for target in targets} == {503}
    challenged = Site(faults=["challenged"])
    assert [ask(challenged, target).status for target in targets] == [200, 403, 403]
    with serve(Site(faults=["down-reset"])) as url, pytest.raises(ConnectionResetError):
        client(url).get("/robots.txt")


def test_robots_can_be_down_forbid_or_ask_for_time() -> None:
    assert ask(Site(faults=["robots-down"]), "/robots.txt").status == 503
    assert "Disallow: /\n" in body_of(ask(Site(faults=["robots-forbids"]), "/robots.txt"))
    assert "Crawl-delay: 1\n" in body_of(ask(Site(faults=["crawl-delay"]), "/robots.txt"))


def test_a_listing_can_fail_once() -> None:
    site = Site(faults=["listing-error-once"])
    assert [ask(site, "/news?area=13").status for _ in range(2)] == [500, 200]


def test_a_redesign_keeps_the_words_and_drops_the_template() -> None:
    path = Site().facts.stories[0].path
    before, after = body_of(ask(Site(), path)), body_of(ask(Site(faults=["redesign"]), path))
    assert "cps-content" in before
    assert not re.search("cps-content|<main|<article|class=", after)
    assert re.findall(r"<p[^>]*>([^<]*)", before) == re.findall(r"<p[^>]*>([^<]*)", after)


def test_a_stopped_server_is_gone_for_clients_that_kept_their_connection(
    client: Callable[[str], Client],
) -> None:
    with serve(Site()) as url:
        reader = client(url)
        assert reader.get("/news")[0].status == 200
    with pytest.raises((ConnectionError, http.client.HTTPException)):
        reader.get("/news")


def test_the_server_logs_and_can_be_changed(client: Callable[[str], Client]) -> None:
    with running(Site()) as server:
        reader = client(server.url)
        reader.get("/news?area=11", User_Agent="test/1")
        response, body = reader.get("/news", method="HEAD")
        assert (response.status, body) == (200, b"")
        assert int(response.headers["Content-Length"]) > 1000
        assert reader.get("/news", method="POST")[0].status == 405
        _, changed = reader.get("/__control__?state=2&faults=slow,pdf")
        assert json.loads(changed) == {"state": 2, "faults": ["pdf", "slow"], "era": "C"}
        assert isinstance(server.site, Site)
        assert server.site.state == 2
        assert reader.get("/__control__?faults=nonsense")[0].status == 400
        assert json.loads(reader.get("/__control__?faults=")[1])["faults"] == []
        entries = json.loads(reader.get("/__log__")[1])
        assert [(entry["method"], entry["target"], entry["status"]) for entry in entries] == [
            ("GET", "/news?area=11", 200),
            ("HEAD", "/news", 200),
            ("POST", "/news", 405),
        ]
        assert ["User-Agent", "test/1"] in entries[0]["headers"]
        assert server.log[0].sent > 1000


def start(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "cpsscrape.demo.server", "--print-url", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_the_command_serves_until_it_is_told_to_stop(client: Callable[[str], Client]) -> None:
    with start("--state", "2", "--fault", "slow", "pdf") as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        assert client(url).get(fault_target(Site(2, ["pdf"]), "pdf"))[1].startswith(b"%PDF")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


def test_the_command_stops_with_its_parent() -> None:
    code = (
        "import subprocess, sys; p = subprocess.Popen([sys.executable, '-m', 'cpsscrape.demo.server'], "
        "stdout=subprocess.PIPE, text=True); print(p.pid, p.stdout.readline().strip(), flush=True)"
    )
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    output = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    ).stdout
    pid = int(output.split()[0])
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and is_running(pid):
        time.sleep(0.1)
    assert not is_running(pid)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_the_demo_needs_no_framework() -> None:
    code = "import sys, cpsscrape.demo.server; print({'scrapy', 'twisted'} & sys.modules.keys() or 'none')"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown == "none\n"


def test_a_big_site_is_as_large_as_asked(client: Callable[[str], Client]) -> None:
    big = BigSite(250, kb=40)
    with serve(big) as url:
        reader = client(url)
        links: list[str] = []
        for name in ("/news?area=122", "/cps-says", "/articles-and-speeches"):
            for number in range(26):
                joint = "&" if "?" in name else "?"
                links += TEASER.findall(reader.get(f"{name}{joint}page={number}")[1].decode())
        assert len(links) == len(set(links)) == 250
        assert f"of {len(big.listed('news'))} results" in reader.get("/news")[1].decode()
        pages = [reader.get(link)[1] for link in links]
        response, _ = reader.get(links[0])
        assert reader.get(links[0], If_None_Match=response.headers["ETag"])[0].status == 304
        assert reader.get("/national-news/news/generated-story-000250")[0].status == 404
    assert len(set(pages)) == 250
    assert all(39_000 < len(page) < 43_000 for page in pages)
