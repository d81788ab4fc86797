-- Worked queries: title, what it answers, what to beware of; then the query.
-- docs/queries.md shows them with their answers on the miniature site.

-- name: most_quoted_by_area_and_year
-- title: Who is quoted most, by area and year
-- Only people who speak for an office; a story of two areas counts in both.
select areas.name as area, substr(a.published_on, 1, 4) as year, s.name as speaker, count(distinct q.id) as quotes
from quotes q
join quote_speakers qs on qs.quote_id = q.id
join speakers s on s.id = qs.speaker_id and s.kind = 'person' and s.article_id is null
join articles a on a.id = q.article_id
join article_areas aa on aa.article_id = a.id
join areas on areas.id = aa.area_id
group by areas.name, year, s.name
having quotes > 1
order by quotes desc, area, year, speaker
limit 10;

-- name: families_by_topic
-- title: Quotes of victims' families, by topic
-- Roles are as the page writes them, so kinship is looked for in role and mention.
with kin(word) as (
  values ('mother'), ('father'), ('parents'), ('family'), ('husband'), ('wife'), ('widow'), ('partner'),
    ('son'), ('daughter'), ('sister'), ('brother'), ('grandmother'), ('grandfather')
), family(quote_id) as (
  select distinct quote_id from quote_speakers, kin
  where lower(' ' || coalesce(role, '') || ' ' || mention || ' ') like '% ' || word || ' %'
)
select coalesce(topics.name, '(none)') as topic, count(*) as quotes, count(distinct q.article_id) as articles
from family
join quotes q on q.id = family.quote_id
left join article_topics x on x.article_id = q.article_id
left join topics on topics.id = x.topic_id
group by topic
order by quotes desc, topic;

-- name: edited_after_publication
-- title: Articles edited after publication, and what changed
-- A version is made only by a change of what was published; `cpsscrape diff` shows the words.
select a.node_id, a.headline, new.version,
  rtrim(
    iif(new.headline is not old.headline, 'headline, ', '')
    || iif(new.update_label is not old.update_label, 'update label, ', '')
    || iif(new.teaser is not old.teaser, 'teaser, ', '')
    || iif(new.published_on is not old.published_on, 'date, ', '')
    || iif(new.topics is not old.topics, 'topics, ', '')
    || iif(new.areas is not old.areas, 'areas, ', '')
    || iif(new.links is not old.links, 'links, ', '')
    || iif(new.body is not old.body, 'body, ', '')
    || iif(new.notes_to_editors is not old.notes_to_editors, 'notes, ', ''), ', ') as changed,
  cast(julianday(new.seen_at) - julianday(a.published_on) as integer) as days_after_publication
from article_versions new
join article_versions old on old.article_id = new.article_id and old.version = new.version - 1
join articles a on a.id = new.article_id
order by a.published_on desc, a.node_id, new.version;

-- name: gone_and_after_how_long
-- title: Stories that left the site, and after how long
-- `gone_at` is the first of two absences at the story's own address on different days.
select node_id, headline, published_on,
  cast(julianday(gone_at) - julianday(published_on) as integer) as days_on_site,
  (select reason from absences x where x.article_id = a.id order by seen_at limit 1) as evidence
from articles a
where gone_at is not null
order by days_on_site, node_id;

-- name: share_of_topics_by_year
-- title: Share of stories by topic over time
-- Percent of the year's stories; a story of two topics counts in both.
with years as (select substr(published_on, 1, 4) as year, count(*) as stories from articles group by 1)
select years.year, topics.name as topic, count(*) as stories, cast(round(100.0 * count(*) / years.stories) as integer) as percent
from articles a
join years on years.year = substr(a.published_on, 1, 4)
join article_topics x on x.article_id = a.id
join topics on topics.id = x.topic_id
where years.year >= '2025'
group by years.year, topics.name
order by years.year, stories desc, topic;

-- name: words_in_context
-- title: A phrase in its context
-- Full-text search in the body only, best hits first; `[` and `]` stand around the phrase.
select a.node_id, a.published_on, snippet(articles_fts, 2, '[', ']', '…', 12) as context
from articles_fts
join articles a on a.id = articles_fts.rowid
where articles_fts match 'body : "hate crime"'
order by bm25(articles_fts), a.node_id
limit 5;

-- name: quotes_about_a_word
-- title: Who said something about a word
-- Quotes have an index of their own; `dog*` finds dogs as well.
select l.published_on, l.speaker, l.role, l.text
from quotes_fts
join quotes q on q.id = quotes_fts.rowid
join quote_list l on l.key = q.key
where quotes_fts match 'dog*'
order by l.published_on, l.speaker;

-- name: stories_by_month
-- title: Stories by month, with months without any
-- A month without stories is a row with 0, not a missing row.
with recursive months(month) as (
  select '2026-01' union all
  select strftime('%Y-%m', month || '-01', '+1 month') from months where month < '2026-10'
)
select months.month, count(a.id) as stories
from months left join articles a on substr(a.published_on, 1, 7) = months.month
group by months.month
order by months.month;

-- name: sentence_updates
-- title: Stories updated with a sentence
-- The label stands before the headline; the page's own date of the update where it gives one.
select node_id, published_on, updated_on, update_label, headline
from articles
where update_label is not null
order by published_on desc;

-- name: case_studies_by_topic
-- title: Where case studies are told
-- `confidence` tells headed cases from those that only an opening sentence gives away.
select l.headline, count(*) as cases, group_concat(coalesce(l.title, '(no title)'), ' | ') as titles
from (select * from case_study_list order by article_id, position) l
group by l.article_id
order by cases desc, l.headline
limit 6;

-- name: welsh_twins
-- title: Welsh stories and their English twins
-- Nodes of their own, published together: the twin has the same day and area and the next number.
select w.headline as welsh, e.headline as english, w.published_on
from articles w
join articles e on e.language = 'en' and e.published_on = w.published_on and abs(e.node_id - w.node_id) = 1
where w.language = 'cy'
order by w.published_on;

-- name: joint_work
-- title: Which organisations stand beside the CPS
-- Organisations that are quoted in the same story as somebody of the CPS.
select other.organisation, count(distinct q.article_id) as stories
from quotes q
join quote_speakers other on other.quote_id = q.id
where other.organisation is not null and other.organisation not like '%CPS%'
  and other.organisation not like '%Crown Prosecution Service%'
  and q.article_id in (
    select q2.article_id from quotes q2 join quote_speakers cps on cps.quote_id = q2.id
    where cps.organisation like '%CPS%' or cps.role like '%Crown Prosecutor%')
group by other.organisation
order by stories desc, other.organisation
limit 10;

-- name: attribution_quality
-- title: How sure the speakers are
-- Before counting quotes: what share has a speaker, by kind and by where the speaker stands.
select kind, attribution, count(*) as quotes,
  sum(id in (select quote_id from quote_speakers)) as with_speaker
from quotes
group by kind, attribution
order by quotes desc, kind, attribution;

-- name: coverage_of_listings
-- title: How complete the last run was
-- What each listing says it has against what was seen; a difference is a gap to be explained.
select coalesce(label, substr(url, instr(substr(url, 9), '/') + 8)) as listing, expected, seen, iif(complete, 'yes', 'no') as walked_to_end
from listings
where run_id = (select max(run_id) from listings)
order by expected desc, listing
limit 8;

-- name: evidence_of_an_article
-- title: From a row to its bytes
-- Each version with the capture that first showed it: WARC file, digest, time.
select a.node_id, v.version, c.status, c.mime_type, c.source, c.warc_offset > 0 as in_warc,
  substr(c.payload_digest, 1, 7) as digest
from article_versions v
join articles a on a.id = v.article_id
join captures c on c.id = v.capture_id
where a.headline like 'Swimming club%'
order by v.version;
