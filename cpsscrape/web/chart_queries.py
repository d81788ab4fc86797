"""The queries behind the charts. What stands in ``[[ … ]]`` counts only where its filter was filled in."""

from __future__ import annotations

AREAS = "select name from areas where id in (select area_id from article_areas) order by name"

_SOME = (
    "[[ and a.id in (select x.article_id from article_areas x join areas y on y.id = x.area_id where y.name = :area) ]]"
)
_SINCE = "[[ and substr(a.published_on, 1, 4) >= :since ]]"
_WHERE = f"where a.published_on is not null {_SOME} {_SINCE}"

MONTHS = f"""
select substr(a.published_on, 1, 7) || '-01' as month, y.name as area, count(*) as stories
from articles a join article_areas x on x.article_id = a.id join areas y on y.id = x.area_id
{_WHERE} group by 1, 2 order by 1, 2
"""
TOPICS = f"""
select substr(a.published_on, 1, 4) as year, y.name as topic, count(*) as stories
from articles a join article_topics x on x.article_id = a.id join topics y on y.id = x.topic_id
{_WHERE} group by 1, 2 order by 1, 2
"""
OFFICES = f"""
select qs.organisation as office, count(distinct qs.quote_id) as quotes
from articles a join quotes q on q.article_id = a.id join quote_speakers qs on qs.quote_id = q.id
join speakers s on s.id = qs.speaker_id and s.article_id is null
{_WHERE} and qs.organisation is not null group by 1 order by 2 desc, 1 limit 15
"""
CHANGES = f"""
select substr(at, 1, 7) as month, what, count(*) as stories from (
  select v.seen_at as at, 'edited' as what from article_versions v join articles a on a.id = v.article_id
  {_WHERE} and v.version > 1
  union all select a.gone_at, 'gone' from articles a {_WHERE} and a.gone_at is not null
) group by 1, 2 order by 1, 2
"""
HEALTH = """
select r.id as run, r.started_at as began,
  case r.healthy when 1 then 'healthy' when 0 then 'not healthy' else 'cut off' end as verdict,
  coalesce(json_extract(r.stats, '$."response_received_count"'), 0) as answers
from runs r order by r.id desc limit 60
"""
