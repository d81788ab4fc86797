from __future__ import annotations

import gzip
import hashlib
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from cpsscrape.exceptions import DamagedRecordError, TruncatedRecordError, WarcError
from cpsscrape.warc.exchange import Exchange, Original, payload_digest
from cpsscrape.warc.members import read_members
from cpsscrape.warc.reader import decoded_body, read_record, read_warc
from cpsscrape.warc.segments import read_manifest, repair_open_segments, segment_files
from cpsscrape.warc.writer import WarcWriter

INFO = {"software": "cpsscrape/test", "robots": "obey", "operator": "desk@example.invalid"}


def exchange(number: int = 1, *, body: bytes = b"<p>Hello</p>", **more) -> Exchange:
    return Exchange(
        url=f"http://127.0.0.1/story/{number}?a=1",
        fetched_at="2026-09-30T10:00:00Z",
        status=more.pop("status", 200),
        reason=more.pop("reason", "OK"),
        headers=more.pop(
            "headers",
            (("Content-Type", "text/html"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("X-Odd", "\xe9t\xe9")),
        ),
        body=body,
        request_headers=(("Host", "127.0.0.1"), ("User-Agent", "cpsscrape")),
        ip_address="127.0.0.1",
        **more,
    )


def writer(folder: Path, *, max_bytes: int = 10**9, **more) -> WarcWriter:
    return WarcWriter(folder, name="cps-20260930100000-000001", info=INFO, max_bytes=max_bytes, **more)


@pytest.fixture
def written(tmp_path):
    """A closed file of five exchanges, the fourth a 304, the fifth the same payload as the first."""
    out = writer(tmp_path)
    first = out.write(exchange(1))
    out.write(exchange(2, body=gzip.compress(b"<p>coded</p>"), headers=(("Content-Encoding", "gzip"),)))
    out.write(exchange(3, status=404, reason="Not Found", body=b"gone"))
    original = Original(url=exchange(1).url, fetched_at=exchange(1).fetched_at, payload_digest=first.payload_digest)
    out.write(exchange(1, status=304, reason="Not Modified", body=b""), original=original)
    out.write(exchange(1), original=original)
    out.finish()
    (path,) = segment_files(tmp_path)
    return path


def warcio_records(path: Path) -> list[tuple]:
    found = []
    with path.open("rb") as source:
        for record in ArchiveIterator(source, check_digests="raise"):
            body = record.content_stream().read()
            headers = record.http_headers
            found.append((record.rec_type, headers.get_statuscode() if headers else None, body, record))
    return found


def test_warcio_reads_every_record_and_every_digest_checks(written):
    found = warcio_records(written)
    pairs = ["response", "request"] * 3 + ["revisit", "request"] * 2
    assert [kind for kind, *_ in found] == ["warcinfo", *pairs]
    assert found[1][2] == b"<p>Hello</p>"
    response, request = found[1][3], found[2][3]
    assert response.rec_headers.protocol == "WARC/1.1"
    assert response.rec_headers.get_header("WARC-Payload-Digest").startswith("sha256:")
    assert response.rec_headers.get_header("WARC-Block-Digest").startswith("sha256:")
    assert response.rec_headers.get_header("WARC-IP-Address") == "127.0.0.1"
    assert request.http_headers.get_header("User-Agent") == "cpsscrape"
    assert request.rec_headers.get_header("WARC-Concurrent-To") == response.rec_headers.get_header("WARC-Record-ID")


def test_repeated_and_odd_headers_are_kept_in_order(written):
    record = next(record for record in read_warc(written) if record.type == "response")
    assert [value for name, value in record.headers if name == "Set-Cookie"] == ["a=1", "b=2"]


def test_bodies_stay_content_encoded_and_are_decoded_on_request(written):
    record = [record for record in read_warc(written) if record.type == "response"][1]
    assert record.body.startswith(b"\x1f\x8b")
    assert decoded_body(record) == b"<p>coded</p>"


def test_revisits_name_their_original_and_why(written):
    not_modified, same = (record for record in read_warc(written) if record.type == "revisit")
    assert (not_modified.status, same.status) == (304, 200)
    profiles = [dict(record.fields)["WARC-Profile"].rsplit("/", 1)[1] for record in (not_modified, same)]
    assert profiles == ["server-not-modified", "identical-payload-digest"]
    for record in (not_modified, same):
        assert record.refers_to == (exchange(1).url, "2026-09-30T10:00:00Z")
        assert record.payload_digest == payload_digest(b"<p>Hello</p>")


def test_each_record_is_a_member_of_its_own_at_the_place_that_was_given(tmp_path):
    out = writer(tmp_path)
    places = [out.write(exchange(number, body=os.urandom(70_000))) for number in range(4)]
    out.finish()
    for number, place in enumerate(places):
        record = read_record(tmp_path / place.file, place.offset, place.length)
        assert record.url == exchange(number).url
        assert place.payload_digest == record.payload_digest == payload_digest(record.body)


def test_the_manifest_has_size_and_digest_of_every_closed_file(tmp_path):
    closed: list[str] = []
    out = writer(tmp_path, max_bytes=3_000, before_close=lambda: closed.append("asked"))
    for number in range(12):
        out.write(exchange(number, body=os.urandom(1500)))
    out.finish()
    manifest = read_manifest(tmp_path)
    files = segment_files(tmp_path)
    assert len(files) > 2
    assert len(closed) == len(files), "rows are made before a file is closed"
    assert set(manifest) == {path.name for path in files}
    for path in files:
        data = path.read_bytes()
        assert (manifest[path.name].bytes, manifest[path.name].sha256) == (len(data), hashlib.sha256(data).hexdigest())
        assert warcio_records(path)[0][0] == "warcinfo", "each file says how it was made"


@pytest.mark.parametrize("kept", [1, 10, 100, 0.3, 0.5, 0.9, 0.999])
def test_a_torn_tail_is_cut_and_whole_records_stay(written, kept):
    """A kill leaves any number of bytes of the last record; warcio reads past that without a word."""
    data = written.read_bytes()
    ends = [member.offset + member.length for member in read_members(written)]
    size = kept if isinstance(kept, int) else int(len(data) * kept)
    (written.parent / "manifest.csv").unlink()
    written.write_bytes(data[:size])
    whole = [end for end in ends if end <= size]
    if size not in (0, *ends):
        with pytest.raises(TruncatedRecordError):
            list(read_members(written))
    repaired = list(repair_open_segments(written.parent))
    if not whole:
        assert repaired == []
        assert not written.exists()
        return
    assert repaired == [written]
    assert written.read_bytes() == data[: whole[-1]]
    assert read_manifest(written.parent)[written.name].bytes == whole[-1]


def test_a_segment_is_closed_only_when_its_reader_is_done(written):
    """Killed between the two, the next start must find it open, or its records stay without rows."""
    (written.parent / "manifest.csv").unlink()
    repaired = repair_open_segments(written.parent)
    assert next(repaired) == written
    assert written.name not in read_manifest(written.parent)
    assert next(repaired, None) is None
    assert written.name in read_manifest(written.parent)


def test_damage_in_the_middle_is_named_and_what_follows_is_read(written):
    members = list(read_members(written))
    broken = members[3]
    data = bytearray(written.read_bytes())
    data[broken.offset + broken.length // 2] ^= 0xFF
    data[broken.offset + broken.length // 2 + 1] ^= 0xFF
    written.write_bytes(data)
    with pytest.raises(WarcError) as caught:
        list(read_warc(written))
    assert caught.value.offset == broken.offset
    damaged: list[WarcError] = []
    read = list(read_warc(written, damaged=damaged))
    assert len(read) == len(members) - 1
    assert [error.offset for error in damaged] == [broken.offset]


def test_repair_never_cuts_whole_records_behind_a_damaged_one(written):
    members = list(read_members(written))
    data = bytearray(written.read_bytes())
    data[members[3].offset + 30] ^= 0xFF
    data[members[3].offset + 31] ^= 0xFF
    (written.parent / "manifest.csv").unlink()
    written.write_bytes(data)
    list(repair_open_segments(written.parent))
    assert written.stat().st_size == len(data)


def test_a_wrong_place_is_an_error_and_never_another_record(written):
    members = list(read_members(written))
    with pytest.raises((TruncatedRecordError, DamagedRecordError)):
        read_record(written, members[1].offset + 1, members[1].length)
    with pytest.raises((TruncatedRecordError, DamagedRecordError)):
        read_record(written, members[1].offset, members[1].length - 1)
    with pytest.raises((TruncatedRecordError, DamagedRecordError)):
        read_record(written, members[1].offset, members[1].length + 1)


FULL = """
import resource, sys
from pathlib import Path
sys.path.insert(0, {here!r})
from test_warc_writer import exchange, writer
import os, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder = Path({folder!r})
out = writer(folder)
out.write(exchange(1, body=os.urandom(5_000)))
out.sync()
resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, resource.RLIM_INFINITY))
try:
    out.write(exchange(2, body=os.urandom(50_000)))
except OSError as error:
    print("full", error.errno)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
out.write(exchange(3, body=b"after"))
out.finish()
"""


def test_a_full_disk_leaves_no_half_record_before_the_next(tmp_path):
    code = FULL.format(here=str(Path(__file__).parent), folder=str(tmp_path))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.startswith("full")
    (path,) = segment_files(tmp_path)
    urls = [record.url for record in read_warc(path) if record.type == "response"]
    assert urls == [exchange(1).url, exchange(3).url]
    assert warcio_records(path)
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 8_000
