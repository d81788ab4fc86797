"""What was fetched, seen and asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.archive.migrations.steps import migrations, run_script

if TYPE_CHECKING:
    from sqlite_utils import Database

_EVIDENCE = """
create table runs (
  id integer primary key,
  spider text not null,
  arguments text not null,
  started_at text not null,
  finished_at text,
  finish_reason text,
  healthy integer,
  problems text,
  stats text,
  version text not null,
  resumes integer references runs(id)
) strict;
create table captures (
  id integer primary key,
  run_id integer references runs(id),
  url text not null,
  fetched_at text not null,
  status integer not null,
  mime_type text,
  payload_digest text not null,
  warc_file text,
  warc_offset integer,
  warc_length integer,
  source text not null,
  etag text,
  last_modified text
) strict;
create index captures_url on captures(url, fetched_at);
create unique index captures_record on captures(warc_file, warc_offset);
create table listings (
  run_id integer not null references runs(id),
  url text not null,
  label text,
  expected integer,
  seen integer not null,
  complete integer not null,
  pages integer not null default 0,
  new integer not null default 0,
  reason text,
  primary key (run_id, url)
) strict, without rowid;
create table teasers (
  listing text not null,
  url text not null,
  title text,
  date text,
  text text,
  content_type text,
  topics text not null,
  areas text not null,
  digest text not null,
  first_seen_at text not null,
  last_seen_at text not null,
  primary key (listing, url)
) strict, without rowid;
create index teasers_url on teasers(url);
create table frontier (
  url text primary key,
  kind text not null check (kind in ('listing', 'article')),
  state text not null check (state in ('pending', 'done', 'gone', 'refused', 'failed')),
  attempts integer not null default 0,
  reason text,
  discovered_at text not null,
  due_at text,
  run_id integer references runs(id)
) strict, without rowid;
create index frontier_state on frontier(kind, state, due_at);
create table withdrawals (
  url text primary key,
  node_id integer,
  withdrawn_at text not null,
  reason text not null
) strict, without rowid;
create table layouts (
  fingerprint text primary key,
  layout text not null,
  first_seen_at text not null,
  url text not null
) strict, without rowid;
create table corrections (
  key text not null,
  field text not null,
  value text,
  why text,
  primary key (key, field)
) strict, without rowid;
create table archive (
  name text primary key,
  value text
) strict, without rowid;
"""


@migrations()
def m001_evidence(db: Database) -> None:
    """Runs, captures, listings, teasers, frontier, withdrawals: what happened."""
    run_script(db, _EVIDENCE)
