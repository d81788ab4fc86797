from __future__ import annotations

import json

from cpsscrape.normalise.areas import areas
from cpsscrape.spiders.web_archives import Memento, news_prefixes, read_index, worth_fetching

URL = "https://www.cps.gov.uk/wessex/news/a-story"


def memento(at: str, status: str = "200", digest: str = "A", url: str = URL, mime: str = "text/html") -> Memento:
    return Memento(url=url, timestamp=at.ljust(14, "0"), status=status, digest=digest, mime=mime)


def chosen(*mementos: Memento) -> list[tuple[str, str]]:
    return [(m.timestamp[:4], m.status) for m in worth_fetching(mementos)]


def test_wayback_answers_one_array_whose_first_row_names_the_columns():
    rows = [
        ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"],
        ["uk,gov,cps)/x", "20210304050607", URL, "text/html", "200", "ABC", "1234"],
    ]
    assert read_index(json.dumps(rows)) == [
        Memento(url=URL, timestamp="20210304050607", status="200", digest="ABC", mime="text/html", length=1234)
    ]


def test_pywb_answers_json_lines():
    line = {"urlkey": "x", "timestamp": "20210304050607", "url": URL, "mime": "text/html", "status": "200",
            "digest": "ABC", "length": "12", "offset": "34", "filename": "a.warc.gz"}  # fmt: skip
    (found,) = read_index(json.dumps(line) + "\n")
    assert (found.url, found.file, found.offset, found.length) == (URL, "a.warc.gz", 34, 12)


def test_common_crawl_answers_cdxj():
    fields = {"url": URL, "status": "200", "digest": "ABC"}
    line = f"uk,gov,cps)/x 20210304050607 {json.dumps(fields)}"
    (found,) = read_index(line)
    assert found.fetched_at == "2021-03-04T05:06:07Z"


def test_plain_cdx_is_read():
    (found,) = read_index(f"uk,gov,cps)/x 20210304050607 {URL} text/html 200 ABC 1234")
    assert (found.url, found.status, found.digest) == (URL, "200", "ABC")


def test_a_broken_line_costs_itself():
    good = f"uk,gov,cps)/x 20210304050607 {URL} text/html 200 ABC 1234"
    assert len(read_index("\n".join(["<html>busy</html>", "{broken", good, "x 2021 y z 200 D 1", good]))) == 2


def test_an_answer_that_is_no_index_gives_nothing():
    assert read_index("") == read_index("[]") == read_index('[["urlkey"], ') == []


def test_one_capture_for_each_digest_the_earliest():
    assert chosen(memento("2022"), memento("2021"), memento("2023", digest="B")) == [("2021", "200"), ("2023", "200")]


def test_scheme_and_www_make_no_other_page():
    other = "http://cps.gov.uk/wessex/news/a-story"
    assert chosen(memento("2022"), memento("2021", url=other)) == [("2021", "200")]


def test_of_absences_after_the_last_good_capture_the_first_and_the_last():
    seen = [memento("2019", "404", "N"), memento("2020"), *(memento(y, "404", "N") for y in ("2021", "2022", "2023"))]
    assert chosen(*seen) == [("2020", "200"), ("2021", "404"), ("2023", "404")]


def test_absences_before_a_return_say_nothing():
    assert chosen(memento("2020"), memento("2021", "410"), memento("2022", "-", mime="warc/revisit")) == [
        ("2020", "200")
    ]


def test_an_address_that_was_never_there_is_no_removal():
    assert chosen(memento("2021", "404"), memento("2022", "404")) == []


def test_redirects_and_errors_are_left():
    assert chosen(memento("2021", "301"), memento("2022", "503"), memento("2023", "-")) == []


def test_every_area_is_asked_for_once():
    prefixes = news_prefixes()
    assert "/news" in prefixes
    for area in areas():
        assert sum(f"/{area.slug}/news/x".startswith(prefix) for prefix in prefixes) == 1, area.slug
    assert any("/north-east-yorkshire-and-humberside/news/x".startswith(prefix) for prefix in prefixes)
