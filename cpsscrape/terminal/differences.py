"""A difference between two versions: coloured on a terminal, ``[-old-]{+new+}`` without colour."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.rule import Rule
from rich.text import Text

from cpsscrape.presentation.phrases import counted, moment
from cpsscrape.terminal.phrases import speakers_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cpsscrape.archive.stored import Row
    from cpsscrape.archive.version_diff import FieldChange, ParagraphChange, VersionDiff, Words
    from cpsscrape.items import Quote
    from cpsscrape.terminal.output import Screen

_KEPT = 60  # characters of unchanged text left standing on each side of a change


def diff_record(article: Row, diff: VersionDiff, seen: tuple[str, str]) -> dict[str, Any]:
    """Return the difference for JSON."""
    names = ("id", "node_id", "url", "headline")
    return {"article": {name: article[name] for name in names}, "seen_at": list(seen)} | asdict(diff)


def diff_lines(article: Row, diff: VersionDiff, seen: tuple[str, str]) -> Iterator[str]:
    """Yield the difference as plain text; each line begins with ``-``, ``+`` or ``~`` for an edit."""
    yield f"--- version {diff.older}, seen {seen[0]}"
    yield f"+++ version {diff.newer}, seen {seen[1]}"
    yield f"article {article['id']}: {article['headline']}"
    for change in diff.fields:
        yield from _field_lines(change)
    for paragraph in diff.paragraphs:
        if paragraph.old is None:
            yield f"+ paragraph {paragraph.number}: {paragraph.new}"
        elif paragraph.new is None:
            yield f"- paragraph {paragraph.number}: {paragraph.old}"
        else:
            yield f"~ paragraph {paragraph.number}: {bracketed(paragraph.words)}"
    yield from (f"- quote: {_one_line(quote)}" for quote in diff.quotes_gone)
    yield from (f"+ quote: {_one_line(quote)}" for quote in diff.quotes_new)
    if diff.is_empty:
        yield "nothing that is published differs"


def bracketed(words: Words) -> str:
    """Return words with changes as ``[-old-]`` and ``{+new+}``, the way ``git diff --word-diff`` writes them."""
    forms = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(forms[operation].format(text) for operation, text in words)


def _field_lines(change: FieldChange) -> Iterator[str]:
    if change.words:
        yield f"~ {change.field}: {bracketed(change.words)}"
        return
    if change.removed or change.added:
        yield from (f"- {change.field}: {value}" for value in change.removed)
        yield from (f"+ {change.field}: {value}" for value in change.added)
        return
    if change.old and change.field not in _LISTS:
        yield f"- {change.field}: {change.old}"
    if change.new and change.field not in _LISTS:
        yield f"+ {change.field}: {change.new}"
    if change.field in _LISTS:
        yield f"~ {change.field}: the same in another order"


_LISTS = frozenset({"topics", "areas", "links"})


def _one_line(quote: Quote) -> str:
    return re.sub(r"\s+", " ", f"“{quote.text}” — {_speakers(quote)}")


def _speakers(quote: Quote) -> str:
    return speakers_line([{"name": s.name, "role": s.role, "organisation": s.organisation} for s in quote.speakers])


def show_diff(screen: Screen, article: Row, diff: VersionDiff, seen: tuple[str, str]) -> None:
    """Print the difference for eyes: what stayed is dim, what went is red, what came is green."""
    width = screen.reading_width
    screen.print()
    screen.print(Text(article["headline"], style="bold underline"), width=width)
    screen.print(Text(f"− version {diff.older}, seen {moment(seen[0])}", style="removed"))
    screen.print(Text(f"+ version {diff.newer}, seen {moment(seen[1])}", style="added"))
    screen.print()
    if diff.is_empty:
        screen.print(Text("Nothing that is published differs.", style="muted"))
    for change in diff.fields:
        _section(screen, change.field.replace("_", " ").capitalize(), width)
        _show_field(screen, change, width)
    for paragraph in diff.paragraphs:
        _section(screen, f"Paragraph {paragraph.number}{_what(paragraph)}", width)
        _show_paragraph(screen, paragraph, width)
    if diff.paragraphs:
        screen.print(Text(f"{counted(diff.unchanged, 'other paragraph')} unchanged", style="muted"))
        screen.print()
    if diff.quotes_gone or diff.quotes_new:
        _section(screen, "Quotes", width)
        for sign, style, quotes in (("−", "removed", diff.quotes_gone), ("+", "added", diff.quotes_new)):
            for quote in quotes:
                _block(screen, Text(f"“{quote.text}” — {_speakers(quote)}", style=style), width, sign, style)


def _what(paragraph: ParagraphChange) -> str:
    return " added" if paragraph.old is None else " removed" if paragraph.new is None else ""


def _section(screen: Screen, title: str, width: int) -> None:
    screen.print(Rule(Text(title, style="heading"), style="muted", align="left"), width=width)


def _show_field(screen: Screen, change: FieldChange, width: int) -> None:
    if change.words:
        _block(screen, _coloured(screen, change.words), width, "~", "muted")
        return
    lists = change.field in _LISTS
    for sign, style, values in (
        ("−", "removed", change.removed if lists else tuple(filter(None, [change.old]))),
        ("+", "added", change.added if lists else tuple(filter(None, [change.new]))),
    ):
        for value in values:
            _block(screen, Text(value, style=style), width, sign, style)
    if lists and not (change.removed or change.added):
        _block(screen, Text("the same in another order", style="muted"), width, "~", "muted")


def _show_paragraph(screen: Screen, paragraph: ParagraphChange, width: int) -> None:
    if paragraph.old is None:
        _block(screen, Text(paragraph.new or "", style="added"), width, "+", "added")
    elif paragraph.new is None:
        _block(screen, Text(paragraph.old, style="removed"), width, "−", "removed")
    else:
        _block(screen, _coloured(screen, paragraph.words), width, "~", "muted")


def _coloured(screen: Screen, words: Words) -> Text:
    """Return edited text; without colour the changes stand in brackets, so that nothing is lost."""
    if screen.no_color or screen.color_system is None:
        return Text(bracketed(words))
    text = Text()
    for number, (operation, part) in enumerate(words):
        if operation == "same":
            text.append(_shortened(part, first=number == 0, last=number == len(words) - 1), style="muted")
        else:
            text.append(part, style=f"{operation}.word")
            if operation == "removed" and words[number + 1 : number + 2] and not part[-1].isspace():
                text.append(" ")
    return text


def _shortened(text: str, *, first: bool, last: bool) -> str:
    """Leave out the middle of a long stretch that did not change."""
    if len(text) <= 3 * _KEPT:
        return text
    head = "" if first else text[: text.rfind(" ", 0, _KEPT) + 1]
    tail = "" if last else text[text.find(" ", len(text) - _KEPT) :]
    return f"{head}…{tail}"


def _block(screen: Screen, text: Text, width: int, sign: str, style: str) -> None:
    for number, line in enumerate(text.wrap(screen, width - 4)):
        line.rstrip()
        screen.print(Text("  ") + Text(f"{sign} " if number == 0 else "  ", style=style) + line)
    screen.print()
