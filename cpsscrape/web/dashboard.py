"""The dashboard: which charts, drawn from which queries. Colours of text and lines are the style sheet's."""

from __future__ import annotations

from typing import Any

from cpsscrape.web.asking import NAME
from cpsscrape.web.chart_queries import AREAS, CHANGES, HEALTH, MONTHS, OFFICES, TOPICS

ACCENT = "#2a8f86"  # seen well on the light and on the dark paper
_NOTES = {
    MONTHS: "One disc a month and area; the larger, the more stories.",
    TOPICS: "Share of each topic in the stories of a year that carry one.",
    OFFICES: "Quotes of people who speak for an office, by the organisation as printed.",
    CHANGES: "By the month in which a crawl saw them.",
    HEALTH: "Answers received by each of the last 60 runs.",
}
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"  # a name; nothing is fetched
_COLOURS = ["#2a8f86", "#c8762b", "#6f7fc4", "#b5567d", "#7d9a3c", "#a07a55", "#4d9fd0", "#c4a52e", "#8d6bb5"]

_FIT = {"type": "fit-x", "contains": "padding"}
_AXIS = {"domain": False, "ticks": False, "gridOpacity": 0.5, "title": None}
_SLENDER = {"expr": "min(40, bandwidth('x') * 0.9)"}  # an archive of one month has no bar as wide as the chart
_CONFIG = {"font": "system-ui, sans-serif", "background": "#00000000", "axis": {"labelFontSize": 12}}
_CONFIG["legend"] = {"labelFontSize": 12, "title": None, "orient": "bottom", "columns": 2, "labelLimit": 220}
# An SVG is read out by a screen reader and takes its colours from the style sheet. With `ast` Vega
# interprets its expressions, so the pages can forbid the evaluation of text as code.
_EMBED = {"embedOptions": {"renderer": "svg", "actions": False, "ast": True}}


def dashboards() -> dict[str, Any]:
    """Return the configuration of datasette-dashboards."""
    return {
        "archive": {
            "title": "The archive over time",
            "description": "What the CPS published, whom it quoted, what it changed, and how the crawls went.",
            "layout": [["months", "months"], ["topics", "offices"], ["changes", "health"]],
            "filters": {
                "area": {
                    "name": "Area",
                    "type": "select",
                    "db": NAME,
                    "query": AREAS,
                },
                "since": {"name": "From year", "type": "number", "min": 1999, "max": 2099},
            },
            "charts": {
                "months": _chart("Stories by month and area", MONTHS, _months()),
                "topics": _chart("Topics over time", TOPICS, _topics()),
                "offices": _chart("Most quoted offices", OFFICES, _offices()),
                "changes": _chart("Edits and removals over time", CHANGES, _changes()),
                "health": _chart("Crawl health", HEALTH, _health()),
            },
        }
    }


def _chart(title: str, sql: str, display: dict[str, Any]) -> dict[str, Any]:
    note = _NOTES[sql]
    shown = {"$schema": _SCHEMA, "description": f"{title}. {note}", "usermeta": _EMBED}
    shown |= {"config": _CONFIG, "autosize": _FIT, **display}
    return {"title": title, "note": note, "db": NAME, "query": sql.strip(), "library": "vega-lite", "display": shown}


def _x(field: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"field": field, "type": kind, **more}


def _months() -> dict[str, Any]:
    return {
        "height": {"step": 24},
        "mark": {"type": "circle", "color": ACCENT, "opacity": 0.85, "tooltip": True},
        "encoding": {
            "x": _x("month", "temporal", scale={"padding": 14}, axis=_AXIS | {"format": "%Y"}),
            "y": _x("area", "nominal", axis=_AXIS | {"grid": True, "labelLimit": 190}),
            "size": _x("stories", "quantitative", scale={"rangeMin": 28, "rangeMax": 320}, legend=None),
        },
    }


def _topics() -> dict[str, Any]:
    return {
        "height": 300,
        "mark": {"type": "bar", "tooltip": True},
        "encoding": {
            "x": _x("year", "ordinal", axis=_AXIS | {"labelAngle": 0, "labelOverlap": True}),
            "y": _x("stories", "quantitative", stack="normalize", axis=_AXIS | {"format": "%"}),
            "color": _x("topic", "nominal", scale={"range": _COLOURS}),
        },
    }


def _offices() -> dict[str, Any]:
    return {
        "height": {"step": 24},
        "mark": {"type": "bar", "color": ACCENT, "tooltip": True, "cornerRadiusEnd": 2},
        "encoding": {
            "x": _x("quotes", "quantitative", axis=_AXIS | {"tickMinStep": 1}),
            "y": _x("office", "nominal", sort="-x", axis=_AXIS | {"labelLimit": 190}),
        },
    }


def _changes() -> dict[str, Any]:
    return {
        "height": 220,
        "mark": {"type": "bar", "tooltip": True, "width": _SLENDER},
        "encoding": {
            "x": _x("month", "ordinal", axis=_AXIS | {"labelAngle": 0, "labelOverlap": True}),
            "y": _x("stories", "quantitative", axis=_AXIS | {"tickMinStep": 1}),
            "color": _x("what", "nominal", scale={"domain": ["edited", "gone"], "range": [ACCENT, _COLOURS[1]]}),
        },
    }


def _health() -> dict[str, Any]:
    verdicts = {"domain": ["healthy", "not healthy", "cut off"], "range": [ACCENT, "#c4483a", "#8b8781"]}
    return {
        "height": 220,
        "mark": {"type": "bar", "tooltip": True, "width": _SLENDER},
        "encoding": {
            "x": _x("run", "ordinal", axis=_AXIS | {"labelAngle": 0, "labelOverlap": True}),
            "y": _x("answers", "quantitative", axis=_AXIS),
            "color": _x("verdict", "nominal", scale=verdicts),
        },
    }
