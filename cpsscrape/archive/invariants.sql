-- Each query returns the rows that break the rule above it: `table: what is wrong with the row`.

-- blocks: its text is not what stands at its offsets
select b.article_id, b.position from blocks b join articles a on a.id = b.article_id
where (b.start is null) <> (b."end" is null) or substr(a.body, b.start + 1, b."end" - b.start) <> b.text;

-- case_studies: its body is not what stands at its offsets
select c.article_id, c.position from case_studies c join articles a on a.id = c.article_id
where substr(a.body, c.start + 1, c."end" - c.start) <> c.body;

-- quote_pieces: its text is not what stands at its offsets, or outside of its quote
select q.key, p.position from quote_pieces p join quotes q on q.id = p.quote_id join articles a on a.id = q.article_id
where substr(a.body, p.start + 1, p."end" - p.start) <> p.text or p.start < q.start or p."end" > q."end";

-- quoted_terms: its text is not what stands at its offsets
select t.article_id, t.start from quoted_terms t join articles a on a.id = t.article_id
where substr(a.body, t.start + 1, t."end" - t.start) <> t.text;

-- blocks: a row of this article is missing, the positions have a gap
select article_id from blocks group by article_id having min(position) <> 1 or max(position) <> count(*);

-- case_studies: a row of this article is missing, the positions have a gap
select article_id from case_studies group by article_id having min(position) <> 1 or max(position) <> count(*);

-- quotes: a row of this article is missing, the positions have a gap
select article_id from quotes group by article_id having min(position) <> 1 or max(position) <> count(*);

-- links: a row of this article is missing, the positions have a gap
select article_id from links group by article_id having min(position) <> 1 or max(position) <> count(*);

-- quote_pieces: a piece of this quote is missing, the positions have a gap
select q.key from quote_pieces p join quotes q on q.id = p.quote_id
group by q.key having min(p.position) <> 1 or max(p.position) <> count(*);

-- quote_speakers: a speaker of this quote is missing, the positions have a gap
select q.key from quote_speakers s join quotes q on q.id = s.quote_id
group by q.key having min(s.position) <> 1 or max(s.position) <> count(*);

-- article_versions: a version of this article is missing
select article_id from article_versions group by article_id having min(version) <> 1 or max(version) <> count(*);

-- articles: has no row of its version, or more of them than versions
select a.id from articles a
where a.version <> (select coalesce(max(v.version), 0) from article_versions v where v.article_id = a.id);

-- articles: has no blocks
select id from articles where id not in (select article_id from blocks);

-- articles: has no address in article_urls
select id from articles where id not in (select article_id from article_urls);

-- articles: is not at its own address in article_urls
select a.id from articles a where a.url not like '%/node/%' and a.url not like '%#article-%'
and not exists (select 1 from article_urls u where u.url = a.url and u.article_id = a.id);

-- articles: was last seen before it was first seen
select id from articles where last_seen_at < first_seen_at;

-- article_versions: stands outside the times at which its article was seen
select v.article_id, v.version from article_versions v join articles a on a.id = v.article_id
where v.seen_at < a.first_seen_at or v.seen_at > a.last_seen_at;

-- article_versions: is older than the version before it
select v.article_id, v.version from article_versions v
join article_versions w on w.article_id = v.article_id and w.version = v.version - 1 where v.seen_at < w.seen_at;

-- articles: differs from the newest of its versions
select a.id from articles a join article_versions v on v.article_id = a.id and v.version = a.version
where a.body <> v.body or a.layout <> v.layout or a.notes_to_editors is not v.notes_to_editors
or (a.headline is not v.headline and not exists (select 1 from corrections where field = 'headline' and value is a.headline))
or (a.update_label is not v.update_label and not exists (select 1 from corrections where field = 'update_label' and value is a.update_label))
or (a.teaser is not v.teaser and not exists (select 1 from corrections where field = 'teaser' and value is a.teaser))
or (a.published_on is not v.published_on and not exists (select 1 from corrections where field = 'published_on' and value is a.published_on))
or (a.updated_on is not v.updated_on and not exists (select 1 from corrections where field = 'updated_on' and value is a.updated_on));

-- quotes: has no pieces
select key from quotes where id not in (select quote_id from quote_pieces);

-- quotes: is not its pieces
select q.key from quotes q where q.text <> (select group_concat(text, char(10, 10)) from
(select text from quote_pieces p where p.quote_id = q.id order by p.position));

-- quotes: stands in a case study of another article
select q.key from quotes q join case_studies c on c.id = q.case_study_id where c.article_id <> q.article_id;

-- quotes: has a key that does not name its node, version and offsets
select q.key from quotes q join articles a on a.id = q.article_id
where substr(q.key, instr(q.key, '@')) <> '@' || a.version || ':' || q.start || '-' || q."end"
or (a.node_id is not null and substr(q.key, 1, instr(q.key, '@') - 1) <> cast(a.node_id as text));

-- quote_speakers: is somebody of another article
select q.key, s.name from quote_speakers x join quotes q on q.id = x.quote_id join speakers s on s.id = x.speaker_id
where s.article_id <> q.article_id;

-- speakers: is said to speak in an article and has no quote in it
select id, name from speakers
where article_id is not null and id not in (select speaker_id from quote_speakers);

-- captures: names no WARC record
select id, url from captures where warc_file is null or warc_offset is null or warc_length is null;

-- articles: is in the archive although it was withdrawn
select a.id from articles a where a.node_id in (select node_id from withdrawals)
or exists (select 1 from article_urls u join withdrawals w on w.url = u.url where u.article_id = a.id);
