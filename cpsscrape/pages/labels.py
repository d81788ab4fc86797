"""Labels of a story: content type, topics and areas, sorted by what each word is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpsscrape.normalise.areas import area_by_name
from cpsscrape.normalise.text import clean_text
from cpsscrape.pages.phrases import CONTENT_TYPES, FIELD_NAME, TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterable

# where labels lead to: listings filtered by type, topic or area, and Drupal's terms
LABEL_LINK = re.compile(
    r"/taxonomy/|/(?:topics?|tags?|category|crime-info|crime-types?)/|[?&](?:type|area|crime_type|topic|f)\b"
)


@dataclass(frozen=True, slots=True)
class Labels:
    """What the labels of a teaser or an article say."""

    content_type: str | None = None
    topics: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


def sorted_labels(words: Iterable[str]) -> Labels:
    """Labels given one by one: a known content type, known areas, the rest topics."""
    content_type: str | None = None
    topics: list[str] = []
    areas: list[str] = []
    for word in map(_bare, words):
        if not word or FIELD_NAME.match(word):
            continue
        area = area_by_name(word) or (area_by_name(word[:-5]) if word.endswith(" News") else None)
        if content_type is None and not topics and not areas and word.casefold() in CONTENT_TYPES:
            content_type = word
        elif area:
            areas.append(area.name)
        elif word.casefold() not in CONTENT_TYPES:
            topics.append(word)
    return Labels(content_type, tuple(dict.fromkeys(topics)), tuple(dict.fromkeys(areas)))


def label_line(line: str) -> Labels:
    """The old templates' line: ``| Press Release , Sexual offences, Hate crime , CPS, South West News``.

    Groups stand apart by `` , ``; the last ends in the word ``News`` and holds the areas. A
    bare ``|`` says nothing. An article's own line is ``|News, Topic``.
    """
    line = clean_text(line).partition("|")[2] if "|" in line else clean_text(line)
    words = [part for group in line.split(" , ") for part in group.split(",")]
    labels = sorted_labels(words)
    first = _bare(words[0])
    # "Updated: 08 August 2024|Legal Guidance, Violent crime": a type nobody has listed
    named = labels.content_type is None and labels.topics[:1] == (first,) and first.casefold() not in TOPICS
    # "By CPS South East | 3 min read"
    if named and any(map(str.isdigit, first)):
        return Labels(None, labels.topics[1:], labels.areas)
    if named:
        return Labels(first, labels.topics[1:], labels.areas)
    return labels


def is_known_label(word: str) -> bool:
    """Whether a word is a content type, a topic or an area that has been met."""
    word = _bare(word)
    return word.casefold() in CONTENT_TYPES or word.casefold() in TOPICS or area_by_name(word) is not None


def _bare(word: str) -> str:
    return clean_text(word).strip(" ,;|·•/").strip()
