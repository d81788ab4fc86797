"""Bytes → UTF-8: what a page is really written in, whatever it declares."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cpsscrape.exceptions import EmptyPageError, NotTextError, TooLargeError

MAX_BYTES = 24 * 2**20

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_MAGIC = (
    b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"\xd0\xcf\x11\xe0",
    b"BZh9", b"7z\xbc\xaf", b"\x00\x00\x00\x18ftyp", b"\x00\x00\x00\x20ftyp", b"ID3", b"OggS", b"wOF",
)  # fmt: skip
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
# Only character sets of the web: Python's codecs also hold zlib, rot13 and unicode_escape.
_CHARSET = re.compile(
    r"utf-?8|utf-?16(?:-?[lb]e)?|us-?ascii|(?:iso-?8859-?|latin-?|l)\d{1,2}|(?:windows-|cp-?)125\d|mac-?roman"
    r"|macintosh|koi8-[ru]|shift[-_]?jis|euc-(?:jp|kr)|gb2312|gbk|gb18030|big5",
    re.IGNORECASE,
)
_WESTERN = re.compile(r"us-?ascii|(?:iso-?8859-?|latin-?|l)1|(?:windows-|cp-?)1252", re.IGNORECASE)
_STRAY = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace").replace("\ufffd", "") for byte in range(128, 256)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A page as UTF-8 without NUL bytes; ``rule`` says how it was read, for ``explain``."""

    data: bytes
    rule: str
    declared_type: str

    @property
    def text(self) -> str:
        """The page as a string."""
        return self.data.decode("utf-8")


def decoded(body: bytes | str, content_type: str, *, url: str) -> Decoded:
    """Read bytes as text, trusting UTF-8 that is valid before any declaration.

    Raises NotTextError for pictures, PDF and archives, EmptyPageError for nothing but space.
    """
    declared_type = content_type.partition(";")[0].strip().casefold()
    if len(body) > MAX_BYTES:
        raise TooLargeError(f"{len(body)} bytes; a story has fewer. Look at the capture.", url=url)
    if isinstance(body, str):
        data, rule = body.encode("utf-8", "replace"), "text as given"
    else:
        if declared_type.startswith(("image/", "video/", "audio/", "application/pdf", "application/zip")):
            raise NotTextError(f"a file of type {declared_type}", url=url)
        if body[:16].lstrip().startswith(_MAGIC):
            raise NotTextError("the bytes are a picture, a PDF or an archive", url=url)
        data, rule = _utf8(body, content_type)
    if b"\x00" in data:
        data, rule = data.replace(b"\x00", b""), f"{rule}, NUL bytes dropped"
    if not data or data.isspace():
        raise EmptyPageError("the page holds no text; fetch it again later", url=url)
    return Decoded(data=data, rule=rule, declared_type=declared_type)


def _utf8(body: bytes, content_type: str) -> tuple[bytes, str]:
    for mark, charset in _MARKS:
        if body.startswith(mark):
            text = body[len(mark) :].decode(charset, "replace")
            return text.encode("utf-8", "replace"), f"{charset} by byte order mark"
    wide = _two_byte(body[:2000])
    if wide:
        return body.decode(wide, "replace").encode("utf-8", "replace"), f"{wide} by its zero bytes"
    declared = _declared(body, content_type)
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        text, rule = _not_utf8(body, declared)
        return text.encode("utf-8", "replace"), rule
    rule = "utf-8" if declared is None or _is_utf8(declared) else f"utf-8, though declared {declared}"
    return body, rule


def _not_utf8(body: bytes, declared: str | None) -> tuple[str, str]:
    """A declared character set, else cp1252; single stray bytes amid UTF-8 are cp1252 too."""
    if declared and not _is_utf8(declared) and not _WESTERN.fullmatch(declared):
        try:
            return body.decode(declared, "replace"), f"{declared} as declared"
        except LookupError:
            pass
    text = body.decode("utf-8", "surrogateescape")
    stray = sum(map(text.count, map(chr, _STRAY)))
    good = len(body) - stray - sum(map(str.isascii, text))
    if good > stray or (declared and _is_utf8(declared) and good):
        return text.translate(_STRAY), "utf-8 with stray bytes of windows-1252"
    rule = "windows-1252" if declared is None else f"windows-1252, declared {declared}"
    return body.decode("cp1252", "surrogateescape").translate({0xDC00 + b: None for b in range(256)}), rule


def _two_byte(head: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of English text is zero."""
    if head.count(b"\x00") * 3 < len(head):
        return None
    even, odd = head[0::2].count(b"\x00"), head[1::2].count(b"\x00")
    if min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _declared(body: bytes, content_type: str) -> str | None:
    header = _HEADER.search(content_type)
    if header and _CHARSET.fullmatch(header[1]):
        return header[1].casefold()
    match = _META.search(body, 0, 4096) or _XML.match(body.lstrip()[:200])
    name = match[1].decode("ascii").casefold() if match else None
    # A page that can be searched for "<meta" is not in UTF-16, whatever it says.
    return name if name and _CHARSET.fullmatch(name) and not name.startswith("utf-16") else None


def _is_utf8(charset: str) -> bool:
    return charset.replace("-", "") == "utf8"
