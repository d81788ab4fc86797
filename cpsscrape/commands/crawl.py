"""``scrapy crawl``, with arguments checked before anything starts and an exit status that tells.

0: the run did what was asked; 1: it ran and is not healthy, or could not run now; 2: wrong usage.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError as ScrapyUsageError

from cpsscrape.archive.database import Archive
from cpsscrape.configuration import data_folder
from cpsscrape.exceptions import ArchiveError, UsageError
from cpsscrape.extensions.run_report import RunReport
from cpsscrape.spiders.arguments import PARSERS

if TYPE_CHECKING:
    import argparse

logger = logging.getLogger(__name__)


class Command(ScrapyCrawl):
    """Replaces Scrapy's own command of the same name through ``COMMANDS_MODULE``."""

    def long_desc(self) -> str:
        """Return what the command does and the arguments of each spider."""
        spiders = "; ".join(f"{name}: {', '.join(parser.names())}" for name, parser in PARSERS.items())
        return (
            "Crawl the news, replay stored captures, or fetch captures of a web archive, into the archive in "
            f"CPS_DATA_DIR. Arguments (-a NAME=VALUE) of {spiders}. Settings (-s NAME=VALUE) are described in "
            "docs/settings.md."
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check the spider's name and arguments; one line and exit status 2 if they are wrong."""
        super().process_options(args, opts)
        opts.spargs.pop("_job", None)  # Scrapyd's number for the run; the archive numbers its own
        try:
            check_arguments(args, opts.spargs)
        except UsageError as error:
            sys.stderr.write(f"scrapy crawl: {error}\n")
            sys.exit(2)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, and take the exit status from the run's own judgement."""
        if len(args) != 1:
            raise ScrapyUsageError
        assert self.crawler_process is not None
        crawler = self._create_crawler(args[0])
        try:
            _check_archive(str(self.settings["CPS_DATA_DIR"]) if self.settings else None)
        except ArchiveError as error:
            sys.stderr.write(f"scrapy crawl: {error}\n")
            self.exitcode = 1
            return
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        report = crawler.get_extension(RunReport) if crawler.extensions else None
        if self.crawler_process.bootstrap_failed or report is None or not report.healthy:
            self.exitcode = 1


def check_arguments(args: list[str], given: dict[str, str]) -> None:
    """Raise UsageError, naming what would be right, unless spider and arguments are."""
    if len(args) != 1:
        raise UsageError(f"name one spider: {', '.join(PARSERS)}. For example: scrapy crawl news")
    if args[0] not in PARSERS:
        raise UsageError(f"there is no spider {args[0]!r}; there are {', '.join(PARSERS)}.")
    PARSERS[args[0]].parse(given)


def _check_archive(folder: str | None) -> None:
    """Open the archive once before anything starts, so that what is wrong is said in one line."""
    Archive(data_folder(folder)).close()
