"""The schema, as a list of steps that are never edited once released.

Every table, column and view is described in ``docs/schema.md``, which is generated from a
fresh database and from ``columns.csv`` beside this file.

A key of a table without rowid stands first: elsewhere SQLite 3.40's ``integrity_check`` reports
NULLs that are not there.

The trap: after any ``transform()`` of ``articles`` or ``quotes`` the search triggers are
gone (SQLite drops them with the old table). Such a step must call :func:`enable_search`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

migrations = Migrations("cpsscrape")

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

_DOCUMENTS = """
create table articles (
  id integer primary key,
  node_id integer unique,
  url text not null unique,
  headline text not null,
  update_label text,
  teaser text,
  content_type text,
  published_on text,
  published_on_source text check (published_on_source in ('teaser', 'page', 'metadata', 'prose')),
  updated_on text,
  language text not null check (language in ('en', 'cy')),
  body text not null,
  notes_to_editors text,
  word_count integer not null,
  layout text not null,
  fingerprint text,
  agreement real,
  reading_digest text not null,
  first_seen_at text not null,
  last_seen_at text not null,
  gone_at text,
  capture_id integer not null references captures(id),
  version integer not null
) strict;
create index articles_published_on on articles(published_on);
create table article_urls (
  url text primary key,
  article_id integer not null references articles(id) on delete cascade
) strict, without rowid;
create index article_urls_article on article_urls(article_id);
create table absences (
  article_id integer not null references articles(id) on delete cascade,
  capture_id integer not null references captures(id),
  run_id integer,
  seen_at text not null,
  reason text not null,
  primary key (article_id, capture_id)
) strict, without rowid;
create table article_versions (
  id integer primary key,
  article_id integer not null references articles(id) on delete cascade,
  version integer not null,
  capture_id integer not null references captures(id),
  seen_at text not null,
  headline text not null,
  update_label text,
  teaser text,
  published_on text,
  updated_on text,
  topics text not null,
  areas text not null,
  links text not null,
  body text not null,
  notes_to_editors text,
  text_digest text not null,
  layout text not null,
  reader_version text not null,
  unique (article_id, version)
) strict;
create table blocks (
  article_id integer not null references articles(id) on delete cascade,
  position integer not null,
  kind text not null check (kind in ('paragraph', 'heading', 'list_item', 'table', 'caption', 'block_quote')),
  level integer,
  section text not null check (section in ('body', 'case_study', 'notes', 'further_reading')),
  text text not null,
  start integer,
  end integer,
  primary key (article_id, position)
) strict, without rowid;
create table case_studies (
  id integer primary key,
  article_id integer not null references articles(id) on delete cascade,
  position integer not null,
  title text,
  body text not null,
  start integer not null,
  end integer not null,
  boundary text not null check (boundary in ('heading', 'run_in', 'number', 'list_item', 'paragraph')),
  confidence real not null,
  unique (article_id, position)
) strict;
create table speakers (
  id integer primary key,
  name text not null,
  kind text not null check (kind in ('person', 'anonymous', 'collective')),
  article_id integer references articles(id) on delete cascade
) strict;
create unique index speakers_name on speakers(name, kind, coalesce(article_id, 0));
create index speakers_article on speakers(article_id);
create table quotes (
  id integer primary key,
  key text not null unique,
  article_id integer not null references articles(id) on delete cascade,
  case_study_id integer references case_studies(id) on delete set null,
  position integer not null,
  text text not null,
  kind text not null check (kind in ('direct', 'partial', 'indirect', 'unmarked')),
  cue text,
  attribution text not null
    check (attribution in ('before', 'after', 'split', 'previous_block', 'inherited', 'none')),
  start integer not null,
  end integer not null,
  confidence real not null,
  rule text not null,
  unique (article_id, position)
) strict;
create index quotes_case_study on quotes(case_study_id);
create table quote_pieces (
  quote_id integer not null references quotes(id) on delete cascade,
  position integer not null,
  text text not null,
  start integer not null,
  end integer not null,
  primary key (quote_id, position)
) strict, without rowid;
create table quote_speakers (
  quote_id integer not null references quotes(id) on delete cascade,
  position integer not null,
  speaker_id integer not null references speakers(id),
  mention text not null,
  role text,
  organisation text,
  resolution text not null
    check (resolution in ('explicit', 'last_name', 'first_name', 'pronoun', 'inherited')),
  primary key (quote_id, position)
) strict, without rowid;
create index quote_speakers_speaker on quote_speakers(speaker_id);
create table quoted_terms (
  article_id integer not null references articles(id) on delete cascade,
  text text not null,
  start integer not null,
  end integer not null,
  primary key (article_id, start)
) strict, without rowid;
create table areas (
  id integer primary key,
  slug text unique,
  name text not null unique
) strict;
create table article_areas (
  article_id integer not null references articles(id) on delete cascade,
  area_id integer not null references areas(id),
  primary key (article_id, area_id)
) strict, without rowid;
create index article_areas_area on article_areas(area_id);
create table topics (
  id integer primary key,
  name text not null unique
) strict;
create table article_topics (
  article_id integer not null references articles(id) on delete cascade,
  topic_id integer not null references topics(id),
  primary key (article_id, topic_id)
) strict, without rowid;
create index article_topics_topic on article_topics(topic_id);
create table links (
  article_id integer not null references articles(id) on delete cascade,
  position integer not null,
  url text not null,
  text text,
  section text not null,
  primary key (article_id, position)
) strict, without rowid;
"""

_VIEWS = """
create view article_list as
select a.id, a.node_id, a.url, a.published_on, a.headline, a.update_label, a.content_type,
  (select group_concat(name, '; ') from (select areas.name from article_areas
     join areas on areas.id = article_areas.area_id
     where article_areas.article_id = a.id order by areas.name)) as areas,
  (select group_concat(name, '; ') from (select topics.name from article_topics
     join topics on topics.id = article_topics.topic_id
     where article_topics.article_id = a.id order by topics.name)) as topics,
  a.language, a.teaser, a.body, a.notes_to_editors, a.word_count,
  (select count(*) from article_versions v where v.article_id = a.id) as versions,
  a.first_seen_at, a.last_seen_at, a.gone_at
from articles a;
create view quote_list as
select q.key, q.article_id, l.url, l.published_on, l.headline, l.areas, l.topics,
  s.name as speaker, qs.role, qs.organisation, q.kind, q.cue, q.text, q.confidence,
  c.title as case_study_title
from quotes q
join article_list l on l.id = q.article_id
left join quote_speakers qs on qs.quote_id = q.id
left join speakers s on s.id = qs.speaker_id
left join case_studies c on c.id = q.case_study_id;
create view case_study_list as
select c.article_id, l.url, l.published_on, l.headline, l.areas, l.topics,
  c.position, c.title, c.body, c.confidence
from case_studies c
join article_list l on l.id = c.article_id;
"""


def enable_search(db: Database) -> None:
    """(Re)build the full-text indexes of articles and quotes, kept current by triggers."""
    db.table("articles").enable_fts(
        ["headline", "teaser", "body"],
        create_triggers=True,
        tokenize="unicode61 remove_diacritics 2",
        replace=True,
    )
    db.table("quotes").enable_fts(
        ["text"], create_triggers=True, tokenize="unicode61 remove_diacritics 2", replace=True
    )


def _run(db: Database, script: str) -> None:
    # executescript() commits first, which would end the migration's own transaction.
    for statement in script.split(";\n"):
        if statement.strip():
            db.execute(statement)


@migrations()
def m001_evidence(db: Database) -> None:
    """Runs, captures, listings, teasers, frontier, withdrawals: what happened."""
    _run(db, _EVIDENCE)


@migrations()
def m002_documents(db: Database) -> None:
    """Articles and all that is read from them."""
    _run(db, _DOCUMENTS)


@migrations()
def m003_search(db: Database) -> None:
    """Full-text search over articles and quotes."""
    enable_search(db)


@migrations()
def m004_views(db: Database) -> None:
    """Flat views for spreadsheets."""
    _run(db, _VIEWS)
