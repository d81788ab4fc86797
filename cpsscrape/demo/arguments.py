from __future__ import annotations

import argparse

from cpsscrape.demo.faults import FAULTS
from cpsscrape.demo.site import STATES


def command_line() -> argparse.ArgumentParser:
    """The options of ``python -m cpsscrape.demo.server``."""
    parser = argparse.ArgumentParser(prog="cpsscrape.demo.server", description="Serve the miniature site.")
    parser.add_argument("--port", type=int, default=0, help="0, the default, takes a free one")
    parser.add_argument("--state", type=int, default=1, choices=STATES)
    parser.add_argument("--fault", nargs="+", action="extend", default=[], choices=[*FAULTS, "all"], metavar="NAME")
    parser.add_argument("--era", choices=("B", "C"), default="C", help="the template of the listings")
    parser.add_argument("--big", type=int, metavar="N", help="instead: a generated site of N articles")
    parser.add_argument("--kb", type=int, default=40, help="the size of its pages")
    parser.add_argument("--print-url", action="store_true", help="the first line of output is the URL (it always is)")
    parser.add_argument("--stay", action="store_true", help="do not stop with the process that started this one")
    parser.add_argument("--list-faults", action="store_true")
    return parser
