"""Everything that can go wrong, as one tree.

Leaf names end the sentence "it failed because …"; each docstring says what to do.

* CpsScrapeError
  x ParseError                 (carries .url; the capture is kept)
    + EmptyPageError           the body holds no text
    + NotTextError             the bytes are a picture, a PDF, an archive …
    + ChallengePageError       a robot check stands where the page should be
    + SoftNotFoundError        status 200, but the page says "not found"
    + ListingPageError         a list of stories, not a story
    + TooLargeError            more bytes or elements than a page may have
    + MissingFieldError        no headline, or no body, by any reader
    + LayoutError              a selector matched a number of nodes nobody has seen
    + DateError                a printed date that is not a date
  x ArchiveError               the archive cannot be read or written now
    + NoArchiveError           there is no archive here yet
    + ArchiveLockedError       another command is writing
    + NewerSchemaError         written by a newer version of this program
    + DamagedArchiveError      SQLite finds the database file malformed
    + OtherSiteError           the archive belongs to another site
    + UnknownArticleError      no article has that id or address
  x WarcError                  (carries .path and .offset)
    + TruncatedRecordError     a gzip member ends before its end
    + DamagedRecordError       a member or its digests do not check
  x ReaderEndedError           a page brought down the process that reads
  x UsageError                 wrong words on the command line; exit status 2
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class CpsScrapeError(Exception):
    """Base of every error this package raises on purpose."""


class ParseError(CpsScrapeError):
    """The page is not an article. Keep the capture; the message says what it is instead."""

    def __init__(self, message: str, *, url: str | None = None) -> None:
        super().__init__(message)
        self.url = url


class EmptyPageError(ParseError):
    """No text at all. Fetch again later; a second empty answer is a fault of the site."""


class NotTextError(ParseError):
    """The bytes are no text or HTML. Nothing to do: files are linked, not read."""


class ChallengePageError(ParseError):
    """A robot check was served. Stop, wait, and crawl more slowly; never work around it."""


class SoftNotFoundError(ParseError):
    """The site answers 200 and says "not found". It counts as an absence."""


class ListingPageError(ParseError):
    """A list of stories. An article address that leads here has been taken down."""


class TooLargeError(ParseError):
    """Larger than any story. Look at the capture by hand."""


class MissingFieldError(ParseError):
    """No reader found a headline or a body. Keep the capture; add a layout; replay."""


class LayoutError(ParseError):
    """A selector matched a number of nodes nobody has seen. Add a layout; replay."""


class DateError(ParseError):
    """A printed date cannot be read. It stays NULL; add its form to ``normalise/dates.py``."""


class ArchiveError(CpsScrapeError):
    """The archive cannot be read or written now; the message names the file and the remedy."""


class NoArchiveError(ArchiveError):
    """No database in the data folder. Crawl, replay, or run ``cpsscrape demo`` first."""


class ArchiveLockedError(ArchiveError):
    """Another command writes to this archive. Wait for it; the message names its process."""


class NewerSchemaError(ArchiveError):
    """The database was written by a newer version. Upgrade cpsscrape; nothing was touched."""


class DamagedArchiveError(ArchiveError):
    """SQLite reports a malformed file. Move it aside and replay: the WARC holds everything."""


class OtherSiteError(ArchiveError):
    """One archive belongs to one site. Use another data folder for another site."""


class UnknownArticleError(ArchiveError):
    """No article has that id, node or address. ``cpsscrape search`` finds it by its words."""


class WarcError(CpsScrapeError):
    """A WARC file is not what it should be at ``offset`` bytes into ``path``."""

    def __init__(self, message: str, *, path: Path | None = None, offset: int | None = None) -> None:
        super().__init__(message)
        self.path = path
        self.offset = offset


class TruncatedRecordError(WarcError):
    """The file ends inside a record. A start repairs the tail of its own open segment."""


class DamagedRecordError(WarcError):
    """A record does not decompress or its digest differs. Restore the file from a copy."""


class ReaderEndedError(CpsScrapeError):
    """A page brought down the process that reads. Its capture is kept; report the page."""


class UsageError(CpsScrapeError):
    """The command line cannot be followed; the message names what would be right."""
