"""Articles and what is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.archive.migrations.steps import migrations, run_script

if TYPE_CHECKING:
    from sqlite_utils import Database

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


@migrations()
def m002_documents(db: Database) -> None:
    """Articles and all that is read from them."""
    run_script(db, _DOCUMENTS)
