"""Evidence that was injured: each damaged record is named, and every other one is read."""

from __future__ import annotations

import random

import pytest
from replay.dumps import dump
from replay.foreign_warc import whole_site, write_warc

from cpsscrape.archive.database import DATABASE
from cpsscrape.warc.reader import read_warc
from cpsscrape.warc.segments import segment_files

pytestmark = pytest.mark.slow
NOW = ("-s", "CPS_GONE_AFTER_DAYS=0")


def answers(path):
    return [record for record in read_warc(path) if record.type in {"response", "revisit"}]


def test_each_damaged_record_is_named_and_the_rest_is_read(life, lived, commands, ask, problems):
    one, two, three = segment_files(life / "warc")[:3]
    chance = random.Random(1)
    flipped = chance.choice([r for r in answers(one) if r.type == "response" and r.length > 900])
    data = bytearray(one.read_bytes())
    data[flipped.offset + flipped.length // 2] ^= 0x10
    one.write_bytes(data)
    after = answers(two)[4]
    whole = two.read_bytes()
    two.write_bytes(whole[: after.offset] + b"garbage between members" + whole[after.offset :])
    last = answers(three)[-1]
    three.write_bytes(three.read_bytes()[: last.offset + last.length // 2])
    captures = ask(life, "select count(*) from captures")[0][0]
    done = commands.replay(life, *NOW)
    assert done.status == 1
    said = problems(life)
    for path, offset in ((one, flipped.offset), (two, after.offset), (three, last.offset)):
        assert any(path.name in line and str(offset) in line for line in said), (path.name, offset, said)
    assert ask(life, "select count(*) from captures")[0][0] == captures - 2
    assert len(dump(life)["articles"]) == len(dump(lived.folder)["articles"])
    # What can no longer be read may stand in the database of before: it is kept, and the log says where.
    assert (life / f"{DATABASE}.before-replay").exists()
    assert f"{DATABASE}.before-replay" in done.err


def test_an_uncompressed_foreign_file_that_is_cut_or_soiled(home, commands, tmp_path, problems, ask):
    site = home.show()
    path = tmp_path / "theirs.warc"
    write_warc(path, whole_site(site, home.url, "2025-03-01"), plain=True)
    records = [record for record in read_warc(path) if record.type == "response"]
    data = bytearray(path.read_bytes())
    soiled = records[5].offset
    data[soiled : soiled + 8] = b"XXXX/9.9"
    path.write_bytes(data[: records[-1].offset + 400])
    done = commands.replay(tmp_path / "data", "-a", f"source={path}")
    assert done.status == 1
    said = problems(tmp_path / "data")
    assert any(path.name in line and str(records[-1].offset) in line for line in said), said
    assert len([line for line in said if path.name in line]) == 2, said
    assert ask(tmp_path / "data", "select count(*) from captures")[0][0] == len(records) - 2
