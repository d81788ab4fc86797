"""Counts as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.columns import Columns
from rich.table import Table
from rich.text import Text

from cpsscrape.presentation.phrases import counted, day, moment
from cpsscrape.terminal.output import row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cpsscrape.archive.counting import Counts
    from cpsscrape.terminal.output import Screen

_EIGHTHS = " ▏▎▍▌▋▊▉"
NOTHING = "(none)"


def bar(number: int, most: int, width: int) -> str:
    """Return a bar of at most ``width`` columns, exact to an eighth; something is never nothing."""
    eighths = round(number * width * 8 / most) if most else 0
    if number and not eighths:
        eighths = 1
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def stats_record(totals: dict[str, Any], counted_by: Sequence[Counts]) -> dict[str, Any]:
    """Return totals and counts for JSON."""
    return {
        "totals": totals,
        "counts": [
            {
                "by": counts.dimension.name,
                "what": counts.dimension.what,
                "groups": [{"value": value, "number": number} for value, number in counts.groups],
                "left_out": counts.left_out,
            }
            for counts in counted_by
        ],
    }


def stats_lines(totals: dict[str, Any], counted_by: Sequence[Counts]) -> Iterator[str]:
    """Yield ``total, name, value`` and then ``dimension, value, number`` by tab."""
    for name, value in totals.items():
        yield row("total", name, value)
    for counts in counted_by:
        for group, number in counts.groups:
            yield row(counts.dimension.name, group if group is not None else NOTHING, number)


def show_stats(screen: Screen, totals: dict[str, Any], counted_by: Sequence[Counts]) -> None:
    """Print totals and a chart of bars for each dimension."""
    screen.print()
    screen.print(_summary(totals), width=screen.reading_width)
    charts = [_chart(counts, screen) for counts in counted_by]
    side_by_side = len(charts) > 1 and screen.width >= 2 * (_WIDTH + 4)
    screen.print()
    if side_by_side:
        screen.print(Columns(charts, padding=(1, 4), expand=False, equal=False, width=_WIDTH))
    else:
        for chart in charts:
            screen.print(chart)
            screen.print()


_WIDTH = 60
_NAME = 30


def _summary(totals: dict[str, Any]) -> Text:
    text = Text()
    text.append(counted(totals["articles"], "article"), style="title")
    if totals["earliest"]:
        text.append(f", {day(totals['earliest'])} to {day(totals['latest'])}")
    notes = [
        counted(totals["words"], "word"),
        f"{totals['welsh']:,} in Welsh" if totals["welsh"] else "",
        f"{totals['undated']:,} without a date" if totals["undated"] else "",
        f"{counted(totals['edited'], 'article')} edited since first seen" if totals["edited"] else "",
        f"{totals['gone']:,} gone from the site" if totals["gone"] else "",
    ]
    text.append("\n" + " · ".join(note for note in notes if note), style="muted")
    share = f", {totals['attributed_quotes'] / totals['quotes']:.0%} with a speaker" if totals["quotes"] else ""
    text.append(f"\n{counted(totals['quotes'], 'quote')}", style="title").append(share)
    text.append(f"\n{counted(totals['case_studies'], 'case study', 'case studies')}", style="title")
    text.append(f"\nFirst seen {moment(totals['first_seen_at'])}, last {moment(totals['last_seen_at'])}", style="muted")
    return text


def _chart(counts: Counts, screen: Screen) -> Table:
    width = min(_WIDTH, screen.width)
    names = [group if group is not None else NOTHING for group, _ in counts.groups]
    name_width = min(_NAME, max((len(name) for name in names), default=4))
    most = max((number for _, number in counts.groups), default=0)
    digits = len(f"{most:,}")
    table = Table.grid(padding=(0, 1))
    table.title = Text(counts.dimension.title, style="title")
    table.title_justify = "left"
    table.add_column(width=name_width, no_wrap=True, overflow="ellipsis")
    table.add_column(justify="right", width=digits, style="number")
    table.add_column(no_wrap=True, style="bar")
    room = max(8, width - name_width - digits - 3)
    for name, (group, number) in zip(names, counts.groups, strict=True):
        table.add_row(Text(name, style="" if group is not None else "muted"), f"{number:,}", bar(number, most, room))
    if counts.left_out:
        what = "earlier" if counts.dimension.ordered else "smaller"
        table.caption = Text(f"{counts.left_out} {what} not shown", style="muted")
        table.caption_justify = "left"
    if not counts.groups:
        table.add_row(Text("nothing to count", style="muted"))
    return table
