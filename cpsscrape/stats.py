"""The numbers of a run: Scrapy's own collector, which a story asks some fifty times."""

from __future__ import annotations

from scrapy.statscollectors import StatsCollector


class PlainStatsCollector(StatsCollector):
    """Counts, and no more. Scrapy 2.19 looks at every call for an argument ``spider`` that nobody gives any longer."""

    __getattribute__ = object.__getattribute__
