from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from desk.driving import Desk

if TYPE_CHECKING:
    from pathlib import Path

READERS = {
    "search": ["search", "said"],
    "quotes": ["quotes"],
    "show": ["show", "node/12741"],
    "stats": ["stats", "--by", "month"],
    "diff": ["diff", "node/26547"],
}


@pytest.mark.parametrize("verb", [*READERS, "export"])
def test_no_verb_of_the_desk_loads_a_framework(archive: Path, tmp_path: Path, verb: str) -> None:
    line = READERS.get(verb, ["export", "quote_list"])
    program = (
        "import sys\nfrom cpsscrape.cli import main\n"
        "try:\n    main(sys.argv[1:])\nfinally:\n"
        "    heavy = {'scrapy', 'twisted', 'lxml', 'parsel', 'pyarrow', 'dateparser', 'warcio'}\n"
        "    print(sorted(heavy & {name.partition('.')[0] for name in sys.modules}), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "--data", str(archive), *line],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    assert done.stderr.strip().splitlines()[-1] == "[]"


@pytest.mark.parametrize("line", READERS.values(), ids=READERS)
def test_head_ends_a_command_without_a_word(desk: Desk, line: list[str]) -> None:
    for more in ([], ["--json"]):
        process = subprocess.Popen(
            desk.line(*line, *more),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=desk.environment(),
            cwd=desk.cwd,
        )
        assert process.stdout is not None
        process.stdout.close()  # gone before the first byte, as `| true` is
        _, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, b"")


def test_head_ends_an_export_without_a_word(desk: Desk) -> None:
    process = subprocess.Popen(
        desk.line("export", "blocks"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=desk.environment(),
        cwd=desk.cwd,
    )
    assert process.stdout is not None
    process.stdout.read(10)
    process.stdout.close()
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")


def test_an_ascii_terminal_gets_question_marks_not_a_traceback(desk: Desk) -> None:
    ran = desk("show", "node/12741", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert ran.status == 0
    assert "said: ?I am proud" in ran.out
    found = json.loads(desk("show", "node/12741", "--json", PYTHONUTF8="0", PYTHONIOENCODING="ascii").out)
    assert "“I am proud" in found["body"]


@pytest.mark.parametrize("line", [*READERS.values(), ["export"]], ids=[*READERS, "export"])
def test_no_archive_says_how_to_get_one(tmp_path: Path, line: list[str]) -> None:
    ran = Desk(tmp_path / "nowhere", tmp_path)(*line)
    assert ran.status == 1
    assert len(ran.err.splitlines()) == 1
    assert "scrapy crawl news" in ran.err
    assert "cpsscrape demo" in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_can_complete_verbs_and_options(desk: Desk, shell: str) -> None:
    source = desk(_CPSSCRAPE_COMPLETE=f"{shell}_source")
    assert "_CPSSCRAPE_COMPLETE" in source.out
    words = {"COMP_WORDS": "cpsscrape sea", "COMP_CWORD": "1"}
    line = [desk.line()[0]]
    done = subprocess.run(
        line,
        env=desk.environment(_CPSSCRAPE_COMPLETE="bash_complete", **words),
        cwd=desk.cwd,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "plain,search"


def test_forced_colour_goes_through_a_pipe(desk: Desk) -> None:
    assert "\x1b[1;33mdogs" in desk("search", "dogs", FORCE_COLOR="1", COLUMNS="100").out
