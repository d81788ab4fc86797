"""Flat views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.archive.migrations.steps import migrations, run_script

if TYPE_CHECKING:
    from sqlite_utils import Database

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


@migrations()
def m004_views(db: Database) -> None:
    """Flat views for spreadsheets."""
    run_script(db, _VIEWS)
