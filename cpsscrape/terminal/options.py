"""Options that several verbs share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from cpsscrape.archive.filters import Filters, first_day, known_name, last_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlite_utils import Database

AnyFunction = TypeVar("AnyFunction", bound="Callable[..., Any]")

as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def limit_option(number: int) -> Callable[[AnyFunction], AnyFunction]:
    """The option that says how many results are shown."""
    return click.option(
        "--limit", "-n", type=click.IntRange(min=1), default=number, show_default=True, help="Show at most so many."
    )


def article_filters(function: AnyFunction) -> AnyFunction:
    """Add the options that narrow a question to some articles."""
    for option in reversed(
        [
            click.option(
                "--area", "areas", multiple=True, metavar="AREA", help="Of this area (repeat for any of several)."
            ),
            click.option("--topic", "topics", multiple=True, metavar="TOPIC", help="Of this topic (likewise)."),
            click.option("--since", metavar="DATE", help="Published on or after: 2024, 2024-08 or 2024-08-09."),
            click.option("--until", metavar="DATE", help="Published on or before; 2024 is its last day."),
            click.option(
                "--type", "content_type", metavar="TYPE", help="Of this type, such as 'Press Release' or Speech."
            ),
            click.option("--language", type=click.Choice(["en", "cy"]), help="English or Welsh."),
        ]
    ):
        function = option(function)
    return function


def filters_from(db: Database, given: Mapping[str, Any], *, speaker: str | None = None) -> Filters:
    """Return what those options ask for; an unknown area or topic is an error that names the near ones."""
    return Filters(
        areas=tuple(known_name(db, "areas", name) for name in given["areas"]),
        topics=tuple(known_name(db, "topics", name) for name in given["topics"]),
        since=first_day(given["since"]) if given["since"] else None,
        until=last_day(given["until"]) if given["until"] else None,
        language=given["language"],
        content_type=given["content_type"],
        speaker=speaker,
    )
