"""A version is a change of what the CPS published: nothing more, nothing less, in the order of capture."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from quality.redesigns import REDESIGNS
from replay.foreign_warc import page, whole_site, write_warc

from cpsscrape.archive.database import DATABASE
from cpsscrape.demo.site import Site

pytestmark = pytest.mark.slow

FURNITURE = {
    "white space": lambda html: html.replace("<p>", "<p>\n      ").replace("</p>", "\t</p>\n\n"),
    "no-break spaces": lambda html: html.replace(" of the ", " of the "),
    "menu": lambda html: html.replace("</nav>", '<ul><li><a href="/new">A new menu</a></li></ul></nav>', 1),
    "counter": lambda html: html.replace("</footer>", "<p>Visits: 4711</p></footer>", 1),
    "banner": lambda html: html.replace(
        "<main", '<div class="cookie-banner"><p>We changed our cookies.</p></div><main', 1
    ),
    "script": lambda html: html.replace("</body>", "<script>var n = 42;</script></body>"),
    "build number": lambda html: html.replace("site.css", "site.css?v=20270101"),
}


def versions(ask, folder):
    return dict(
        ask(folder, "select a.url, count(*) from article_versions v join articles a on a.id = article_id group by 1")
    )


def test_ten_redesigns_of_the_whole_site_are_no_edits(first, commands, archive, tmp_path, ask):
    answers = []
    for number, redesign in enumerate(REDESIGNS.values(), 1):
        answers += [
            (url, at, status, redesign(body))
            for url, at, status, body in whole_site(first.site, first.url, f"2027-01-{number:02}")
        ]
    done = commands.replay(archive, "-a", f"source={write_warc(tmp_path / 'redesigned.warc.gz', answers)}", timeout=240)
    assert done.status == 0, done.err
    edited = {url: count for url, count in versions(ask, archive).items() if count > 1}
    assert not edited
    assert ask(archive, "select count(*) from articles") == ask(first.folder, "select count(*) from articles")
    unseen = ask(archive, "select url from articles where last_seen_at < '2027-01-10'")
    assert not unseen, "each was read in the last redesign too"


def test_furniture_is_no_edit(first, commands, archive, tmp_path, ask):
    answers = []
    for number, change in enumerate(FURNITURE.values(), 1):
        for fact in first.site.facts.stories[::4]:
            html = page(first.site, first.url, fact.path).decode()
            answers.append((first.url + fact.path, f"2027-01-{number:02}T00:00:00Z", 200, change(html).encode()))
    done = commands.replay(archive, "-a", f"source={write_warc(tmp_path / 'furniture.warc.gz', answers)}")
    assert done.status == 0, done.err
    assert not {url: count for url, count in versions(ask, archive).items() if count > 1}


def edited_pages(site, url):
    """Small edits, each of a story of its own: kind → (address, edited page, words that came)."""
    facts = [f for f in site.facts.stories if f.template == "C" and f.language == "en" and not f.update_label]
    pages = {fact.path: page(site, url, fact.path).decode() for fact in facts}
    notes = next(path for path, html in pages.items() if "Notes to editors" in html or "Notes to Editors" in html)
    paths = [path for path in pages if path != notes]
    found = {}

    def edit(kind, path, old, new, came):
        html = pages[path]
        assert old in html, (kind, path, old)
        found[kind] = (url + path, html.replace(old, new, 1).encode(), came)

    def paragraph(path, number=1):
        body = pages[path].split("cps-content__body", 1)[1]
        return body.split("<p>")[number].split("</p>")[0]

    first = paragraph(paths[0])
    edit(
        "word",
        paths[0],
        first,
        first.rsplit(" ", 2)[0] + " quietly " + first.rsplit(" ", 2)[1] + " " + first.rsplit(" ", 1)[1],
        "quietly",
    )
    some = paragraph(paths[1])
    edit("number", paths[1], some, some + " It cost £48,213.", "£48,213")
    some = paragraph(paths[2])
    edit("date", paths[2], some, some + " The hearing is on 8 October 2031.", "October 2031")
    some = paragraph(paths[3])
    edit(
        "paragraph added",
        paths[3],
        f"<p>{some}</p>",
        f"<p>{some}</p>\n<p>A whole new paragraph about herons was put here.</p>",
        "herons",
    )
    some = paragraph(paths[4], 2)
    edit("paragraph removed", paths[4], f"<p>{some}</p>", "", some.split("<")[0][:30].strip().split(". ")[0])
    title = next(f.headline for f in facts if f.path == paths[5])
    edit("headline", paths[5], f"{title}</h1>", f"{title} for longer</h1>", "for longer")
    some = paragraph(paths[6])
    edit(
        "link",
        paths[6],
        f"<p>{some}</p>",
        f'<p>{some} <a href="/sites/default/files/documents/herons.pdf">Read it</a></p>',
        "herons.pdf",
    )
    title = next(f.headline for f in facts if f.path == paths[7])
    edit("update label", paths[7], f"{title}</h1>", f"UPDATED WITH SENTENCE: {title}</h1>", "UPDATED WITH SENTENCE")
    html = pages[notes]
    start = html.lower().index("notes to editors")
    item = html[start:].split("<li>" if "<li>" in html[start:] else "<p>")[1].split("</")[0]
    edit("notes", notes, item, f"{item} Herons are birds.", "Herons are birds")
    return found


def test_small_edits_are_found_whole_and_shown(first, commands, archive, tmp_path, ask):
    edits = edited_pages(first.site, first.url)
    assert len({url for url, _, _ in edits.values()}) == 9
    answers = [(url, "2027-02-01T00:00:00Z", 200, html) for url, html, _ in edits.values()]
    done = commands.replay(archive, "-a", f"source={write_warc(tmp_path / 'edited.warc.gz', answers)}")
    assert done.status == 0, done.err
    now = versions(ask, archive)
    for kind, (url, _, came) in edits.items():
        assert now.pop(url) == 2, f"an edit of a {kind} was not found"
        shown = commands.verb(archive, "diff", url)
        assert shown.status == 0, shown.err
        assert came in " ".join(shown.out.split()), (kind, shown.out)
    assert set(now.values()) == {1}


def test_a_better_reader_makes_no_version(first, home, commands, archive, ask):
    with closing(sqlite3.connect(archive / DATABASE)) as db, db:
        # What a reader of before might have stored: a line of a menu in the body, no notes.
        db.execute(
            "update article_versions set reader_version = '0', notes_to_editors = null, "
            "body = 'Skip to main content' || char(10) || char(10) || body"
        )
        db.execute("update articles set reading_digest = ''")
    done = commands.crawl(archive, first.url, "-a", "full=1")
    assert done.status == 0, done.err
    assert set(versions(ask, archive).values()) == {1}
    assert ask(
        archive, "select count(*) from article_versions where body like 'Skip to main%' or reader_version = '0'"
    ) == [(0,)]


def test_older_captures_that_come_later_take_their_place(first, commands, archive, tmp_path, ask, bare):
    site, url = first.site, first.url
    fact = site.facts.story("burglar-identified-by-half-eaten-pie")
    new = page(site, url, fact.path).decode()
    old, older = (new.replace(fact.headline, f"{fact.headline} {word}") for word in ("soon", "at last"))
    unlisted = page(Site(2), url, Site(2).facts.new[0])
    answers = [
        (url + fact.path, "2020-01-03T00:00:00Z", 200, new.encode()),  # the words of today, already then
        (url + fact.path, "2020-01-02T00:00:00Z", 200, old.encode()),
        (url + fact.path, "2020-01-01T00:00:00Z", 200, older.encode()),
        (url + Site(2).facts.new[0], "2020-01-01T00:00:01Z", 200, unlisted),
    ]
    before = ask(
        archive, "select headline, body, teaser, capture_id, last_seen_at from articles where url = ?", url + fact.path
    )
    for number, answer in enumerate(answers):  # one by one, the newest first
        done = commands.replay(archive, "-a", f"source={write_warc(tmp_path / f'{number}.warc.gz', [answer])}")
        assert done.status == 0, done.err
    after = ask(
        archive, "select headline, body, teaser, capture_id, last_seen_at from articles where url = ?", url + fact.path
    )
    assert after == before, "an older capture overwrote a newer reading"
    rows = ask(
        archive,
        "select v.version, v.seen_at, v.headline, c.fetched_at from article_versions v join captures c "
        "on c.id = v.capture_id where article_id = (select id from articles where url = ?) order by v.version",
        url + fact.path,
    )
    assert [row[:3] for row in rows] == [
        (1, "2020-01-01T00:00:00Z", f"{fact.headline} at last"),
        (2, "2020-01-02T00:00:00Z", f"{fact.headline} soon"),
        (3, "2020-01-03T00:00:00Z", fact.headline),
    ]
    assert [row[3] for row in rows] == [row[1] for row in rows], "a version's capture is the first that shows it"
    assert ask(archive, "select version, first_seen_at from articles where url = ?", url + fact.path) == [
        (3, "2020-01-01T00:00:00Z")
    ]
    # A quote's key names its version, and the version has moved.
    keys = ask(
        archive, "select key from quotes where article_id = (select id from articles where url = ?)", url + fact.path
    )
    assert all("@3:" in key for (key,) in keys)
    replayed = bare(archive, tmp_path)
    assert commands.replay(replayed).status == 0
    for table in ("article_versions", "articles"):
        names = {
            "articles": "url, headline, body, teaser, published_on, first_seen_at, last_seen_at, version, gone_at",
            "article_versions": "version, seen_at, headline, body, teaser, topics, areas, published_on",
        }[table]
        rows = [sorted(ask(folder, f"select {names} from {table}"), key=repr) for folder in (archive, replayed)]
        assert rows[0] == rows[1], table
    assert sorted(ask(archive, "select key from quotes")) == sorted(ask(replayed, "select key from quotes"))
