"""Quotation marks: which stretches of each paragraph stand between them.

A state machine walks the paragraphs in order. A statement left open at the end of one goes on
in the next when that one opens with a mark again, or closes one it never opened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

Family = Literal["double", "single", "recoded"]
"""``recoded``: the marks became ``?`` or U+FFFD when an old page changed its encoding."""

# One class of characters in front, so that the search skips to the next mark.
MARK = re.compile("[“”„‟\"«»″‘’'‚‛`?\ufffd](?:(?<=[‘’])[‘’]|(?<=')'|(?<=`)`)?")
_DOUBLE = frozenset('“”„‟"«»″') | {"‘‘", "’’", "‘’", "’‘", "''", "``"}
_RECODED = frozenset("?\ufffd")
# "’til", "’90s", "rock ’n’ roll": letters are left out, nobody speaks.
_ELISION = re.compile(r"(?:til|tis|twas|cause|em|n|cos|bout|round|nuff|\d0s|\d\d)\b")
_BEFORE_OPENER = frozenset(" \t\n\xa0([{—–-/")
_AFTER_CLOSER = frozenset(" \t\n\xa0)]}—–-.,;:!?…/")
_STOPS = frozenset(".,!?…;:)")


@dataclass(slots=True, eq=False, kw_only=True)
class Span:
    """Words between marks in one paragraph; ``start`` and ``end`` take the marks in.

    ``joined``: the same statement as the span before, which its paragraph left open.
    """

    block: int
    start: int
    end: int
    inner_start: int
    inner_end: int
    family: Family
    joined: bool = False
    opened: bool = True
    closed: bool = True


@dataclass(slots=True, eq=False)
class Mark:
    """One mark and what it can do where it stands. ``weak``: it may be an apostrophe (``victims’``)."""

    start: int
    end: int
    family: Family
    opens: bool
    closes: bool
    weak: bool = False


class Seams(NamedTuple):
    """Where speech begins and ends in prose that lost a mark; both answer None when they cannot tell.

    ``begins(text, end)``: after a cue and colon before ``end``. ``ends(text, start, end)``: before
    an attribution such as ``, she said.`` that closes ``text[start:end]``.
    """

    begins: Callable[[str, int], int | None]
    ends: Callable[[str, int, int], int | None]


def find_spans(
    paragraphs: Sequence[str],
    *,
    headings: Collection[int] = (),
    apart: Collection[int] = (),
    seams: Seams | None = None,
) -> list[Span]:
    """Every stretch in marks, in order; a paragraph in ``headings`` closes what is open.

    Blocks in ``apart`` (block quotes) are speech without marks where the block before says so.
    """
    spans: list[Span] = []
    carried: Family | None = None
    for number, text in enumerate(paragraphs):
        if number in headings:
            carried = None
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else ""
        if carried is None and not MARK.search(text):
            continue
        walk = _Walk(number, text, carried, following, seams)
        spans.extend(walk.spans)
        carried = None if number in headings else walk.left_open
    if seams is not None:
        spans.extend(_unmarked(paragraphs, headings, apart, seams, {span.block for span in spans}))
        spans.sort(key=lambda span: (span.block, span.start))
    return spans


def _unmarked(
    paragraphs: Sequence[str], headings: Collection[int], apart: Collection[int], seams: Seams, taken: set[int]
) -> list[Span]:
    """Statements whose opening mark was lost: to the end of the paragraph, or to a later closing mark."""
    found: list[Span] = []
    excluded = taken | set(headings)
    after = 0
    for number in [n for n, text in enumerate(paragraphs) if ":" in text]:
        if number < after:
            continue
        text = paragraphs[number]
        after = number + 1
        begin = seams.begins(text, len(text)) if number not in excluded else None
        if begin is not None and begin < len(text.rstrip()):
            after = _closing_block(paragraphs, number, headings, taken, seams) + 1
            found.extend(
                _bare_span(paragraphs, n, begin if n == number else 0, n > number) for n in range(number, after)
            )
        elif begin is not None or (":" in text[-3:] and seams.begins(text + " A", len(text) + 2) is not None):
            while after < len(paragraphs) and after in apart and after not in taken:
                found.append(_bare_span(paragraphs, after, 0, after > number + 1))
                after += 1
    return found


def _closing_block(
    paragraphs: Sequence[str], number: int, headings: Collection[int], taken: set[int], seams: Seams
) -> int:
    """The later block that ends in a closing mark nobody opened, else ``number`` itself."""
    for n in range(number + 1, min(number + 40, len(paragraphs))):
        text = paragraphs[n]
        if n in headings or n in taken or (":" in text and seams.begins(text, len(text)) is not None):
            break
        marks = read_marks(text)
        double = next((m for m in marks if m.family == "double"), None)
        if double is not None:
            return n if double.closes and double.end == len(text.rstrip()) else number
    return number


def _bare_span(paragraphs: Sequence[str], number: int, begin: int, joined: bool) -> Span:  # noqa: FBT001 - private
    text = paragraphs[number].rstrip()
    marks = read_marks(text)
    end = marks[-1].start if marks and marks[-1].family == "double" and marks[-1].end == len(text) else len(text)
    return Span(
        block=number, start=begin, end=len(text), inner_start=begin, inner_end=end, family="double",
        joined=joined, opened=False, closed=end < len(text),
    )  # fmt: skip


def read_marks(text: str) -> list[Mark]:
    """The marks of one paragraph; apostrophes inside words are none."""
    marks = []
    for match in MARK.finditer(text):
        before = text[match.start() - 1] if match.start() else " "
        after = text[match.end()] if match.end() < len(text) else " "
        mark = _read_mark(text, match.start(), match.group(), before, after)
        if mark is not None:
            marks.append(mark)
    return marks


def _read_mark(text: str, start: int, sign: str, before: str, after: str) -> Mark | None:
    end = start + len(sign)
    if sign in _RECODED:
        opens = before in _BEFORE_OPENER and (after.isupper() or after.isdigit())
        closes = before in _STOPS and after.isspace()
        return Mark(start, end, "recoded", opens, closes) if opens or closes else None
    if sign in _DOUBLE:
        return _read_double(start, end, sign, before, after)
    return _read_single(text, start, end, sign, before, after)


def _read_double(start: int, end: int, sign: str, before: str, after: str) -> Mark:
    could_open = (before in _BEFORE_OPENER or before in "‘'") and not after.isspace()
    could_close = not before.isspace() and (after in _AFTER_CLOSER or after in "’'")
    if sign in "“„‟«" or sign in {"‘‘", "``"}:
        # "text“ and": the wrong key was struck
        turned = not before.isspace() and before not in "([" and after in _AFTER_CLOSER
        return Mark(start, end, "double", opens=not turned, closes=turned)
    if sign in "”»" or sign == "’’":
        turned = could_open and before not in "-–—" and after.isalnum()
        return Mark(start, end, "double", opens=turned, closes=not turned)
    if could_open == could_close:  # ``said:"We`` and `` " ``: the state decides
        return Mark(start, end, "double", opens=True, closes=True)
    return Mark(start, end, "double", opens=could_open, closes=could_close)


def _read_single(text: str, start: int, end: int, sign: str, before: str, after: str) -> Mark | None:
    if before.isalnum() and after.isalnum():
        return None
    opens = sign != "`" or before.isspace()
    if sign != "‘" and before not in _BEFORE_OPENER and before not in '“"':
        opens = False
    if before.isalnum() or after.isspace() or _ELISION.match(text, end):
        opens = False
    if not (after.isalnum() or after in '“"[(£$…'):
        opens = False
    closes = sign not in "‘‚‛" and not before.isspace() and not after.isalnum() and before not in "‘“"
    if closes and before in "nN" and start > 1 and text[start - 2] in "‘’'":
        closes = False  # rock ’n’ roll
    if not opens and not closes:
        return None
    dropped = before in "sSzx" or text[max(0, start - 2) : start] == "in" or before.isdigit()
    doubled = after in ".,;!?" and text[end + 1 : end + 2] in {"’", "'"}
    weak = closes and dropped and (after.isspace() or doubled) and end < len(text)
    return Mark(start, end, "single", opens=opens, closes=closes and not opens, weak=weak)


class _Walk:
    """One paragraph's walk; ``spans`` and ``left_open`` are its result."""

    def __init__(self, block: int, text: str, carried: Family | None, following: str, seams: Seams | None) -> None:
        self.block = block
        self.text = text
        self.following = following
        self.seams = seams
        self.marks = read_marks(text)
        self.spans: list[Span] = []
        self.left_open: Family | None = None
        self._count_balance()
        self._walk(carried)

    def _count_balance(self) -> None:
        """``balance[i]``: double closers less openers from mark ``i`` on."""
        self.balance = [0] * (len(self.marks) + 1)
        for i in range(len(self.marks) - 1, -1, -1):
            mark = self.marks[i]
            step = 0 if mark.family != "double" else (1 if mark.closes else 0) - (1 if mark.opens else 0)
            self.balance[i] = self.balance[i + 1] + step

    def _walk(self, carried: Family | None) -> None:
        at = 0
        if carried is not None:
            at = self._resume(carried)
        while at < len(self.marks):
            mark = self.marks[at]
            if mark.opens and mark.family == "single":
                at = self._single(at, joined=False)
            elif mark.opens:
                at = self._marked(at, joined=False)
            else:
                self._stray(mark)
                at += 1

    def _resume(self, carried: Family) -> int:
        """Go on with an open statement; returns the number of marks used."""
        lead = len(self.text) - len(self.text.lstrip())
        first = self.marks[0] if self.marks else None
        if first is None:
            return 0
        if first.start == lead and first.family == carried and (first.opens or carried == "single"):
            return self._single(0, joined=True) if carried == "single" else self._marked(0, joined=True)
        closers = [n for n, m in enumerate(self.marks) if m.family == carried and not m.weak]
        if closers and carried != "recoded" and not self.marks[closers[0]].opens:
            mark = self.marks[closers[0]]
            self._emit(0, mark.end, 0, mark.start, carried, joined=True, opened=False)
            return closers[0] + 1
        return 0

    def _marked(self, at: int, *, joined: bool) -> int:
        """From a double (or recoded) opener to its closer, or to the end of the paragraph."""
        opener = self.marks[at]
        depth = 1
        for n in range(at + 1, len(self.marks)):
            mark = self.marks[n]
            if mark.family != opener.family:
                continue
            if mark.closes:
                if self._is_inches(n):
                    continue
                depth -= 1
                if depth == 0:
                    self._emit(opener.start, mark.end, opener.end, mark.start, mark.family, joined=joined)
                    return n + 1
            elif self.balance[n + 1] > depth:
                depth += 1
            else:
                cut = self._cut(opener.end, mark.start)
                if cut is not None:
                    self._emit(opener.start, cut, opener.end, cut, opener.family, joined=joined, closed=False)
                    return n
        return self._leave_open(opener, joined=joined)

    def _is_inches(self, n: int) -> bool:
        """``a 12" knife`` within a quote: another closer comes before any opener."""
        mark, text = self.marks[n], self.text
        if not (mark.start and text[mark.start - 1].isdigit() and text[mark.start] in '"″”'):
            return False
        if not (text[mark.end : mark.end + 1] == " " and text[mark.end + 1 : mark.end + 2].islower()):
            return False
        later = (m for m in self.marks[n + 1 : n + 9] if m.family == "double")
        after = next(later, None)
        return after is not None and after.closes and not after.opens

    def _single(self, at: int, *, joined: bool) -> int:
        """From a single opener to its closer; without one it was an apostrophe."""
        opener = self.marks[at]
        weak: int | None = None
        strong = False
        doubles = 0
        for n in range(at + 1, len(self.marks)):
            mark = self.marks[n]
            if mark.family == "double":
                doubles += 1
            elif mark.family == "single" and mark.closes and doubles % 2 == 0:
                weak = n
                strong = not mark.weak
                if strong:
                    break
            elif mark.family == "single" and mark.opens and doubles % 2 == 0:
                break
        if weak is not None and (strong or not (joined or self._opens_statement(opener)) or not self._goes_on()):
            closer = self.marks[weak]
            self._emit(opener.start, closer.end, opener.end, closer.start, "single", joined=joined)
            return weak + 1
        if joined or self._opens_statement(opener):
            return self._leave_open(opener, joined=joined)
        return at + 1

    def _goes_on(self) -> bool:
        return self.following.lstrip()[:1] in {"‘", "'", "’"}

    def _opens_statement(self, opener: Mark) -> bool:
        """A single mark without closer: ``said: ‘We …``, and the next paragraph goes on with one."""
        before = self.text[: opener.start].rstrip()
        goes_on = self._goes_on()
        if before.endswith(":"):
            return goes_on or self.text[opener.start] == "‘"
        return goes_on and (not before or before.endswith(","))

    def _leave_open(self, opener: Mark, *, joined: bool) -> int:
        end = len(self.text.rstrip())
        goes_on = self.following.lstrip()[:1]
        if not (goes_on and MARK.match(goes_on)):
            cut = self._cut(opener.end, end)
            if cut is not None:
                self._emit(opener.start, cut, opener.end, cut, opener.family, joined=joined, closed=False)
                return len(self.marks)
        self._emit(opener.start, end, opener.end, end, opener.family, joined=joined, closed=False)
        self.left_open = opener.family
        return len(self.marks)

    def _cut(self, start: int, end: int) -> int | None:
        return self.seams.ends(self.text, start, end) if self.seams else None

    def _stray(self, mark: Mark) -> None:
        """A closer nobody opened, after ``said: We …``: the opener was lost."""
        if mark.family != "double" or self.seams is None or self.text[mark.start - 1] not in ".!?,…":
            return
        begin = self.seams.begins(self.text, mark.start)
        if begin is not None and not (self.spans and self.spans[-1].end > begin):
            self._emit(begin, mark.end, begin, mark.start, "double", opened=False)

    def _emit(
        self,
        start: int,
        end: int,
        inner_start: int,
        inner_end: int,
        family: Family,
        *,
        joined: bool = False,
        opened: bool = True,
        closed: bool = True,
    ) -> None:
        while inner_start < inner_end and self.text[inner_start].isspace():
            inner_start += 1
        while inner_end > inner_start and self.text[inner_end - 1].isspace():
            inner_end -= 1
        if inner_start == inner_end:
            return
        self.spans.append(
            Span(
                block=self.block, start=start, end=end, inner_start=inner_start, inner_end=inner_end,
                family=family, joined=joined and not self.spans, opened=opened, closed=closed,
            )
        )  # fmt: skip
