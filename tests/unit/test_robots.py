from __future__ import annotations

import pytest
from scrapy.robotstxt import ProtegoRobotParser

from cpsscrape.middlewares.robots import whole_lines

RULES = b"User-agent: *\nDisallow: /private/\nDisallow: /archive/4711\n"


@pytest.mark.parametrize("cut", range(len(b"User-agent: *\n"), len(RULES) + 1))
def test_a_robots_txt_that_is_cut_anywhere_forbids_no_more_than_the_whole(cut: int) -> None:
    parser = ProtegoRobotParser(whole_lines(RULES[:cut]), spider=None)
    assert parser.allowed("http://127.0.0.1/news", "cpsscrape")


def test_the_lines_before_the_cut_count() -> None:
    parser = ProtegoRobotParser(whole_lines(RULES[:-3]), spider=None)
    assert not parser.allowed("http://127.0.0.1/private/a", "cpsscrape")
    assert whole_lines(b"no end of line") == b""
