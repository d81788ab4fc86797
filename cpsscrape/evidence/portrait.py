"""All that is derived from an article's current version, without the ids that storage gave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils import Database

FIELDS = (
    "headline", "update_label", "teaser", "content_type", "published_on", "published_on_source", "updated_on",
    "language", "body", "notes_to_editors", "word_count", "layout", "fingerprint", "agreement",
)  # fmt: skip
_CHILDREN = {
    "blocks": 'select position, kind, level, section, text, start, "end" from blocks where article_id = ? order by 1',
    "case_studies": 'select position, title, body, start, "end", boundary, confidence from case_studies '
    "where article_id = ? order by 1",
    "quotes": "select q.key, q.position, c.position, q.text, q.kind, q.cue, q.attribution, q.start, "
    'q."end", q.confidence, q.rule from quotes q left join case_studies c on c.id = q.case_study_id '
    "where q.article_id = ? order by 2",
    "quote_pieces": 'select q.key, p.position, p.text, p.start, p."end" from quotes q '
    "join quote_pieces p on p.quote_id = q.id where q.article_id = ? order by q.position, p.position",
    "quote_speakers": "select q.key, x.position, s.name, s.kind, s.article_id is null, x.mention, x.role, "
    "x.organisation, x.resolution from quotes q join quote_speakers x on x.quote_id = q.id "
    "join speakers s on s.id = x.speaker_id where q.article_id = ? order by q.position, x.position",
    "quoted_terms": 'select text, start, "end" from quoted_terms where article_id = ? order by start',
    "article_areas": "select a.name from article_areas x join areas a on a.id = x.area_id "
    "where x.article_id = ? order by 1",
    "article_topics": "select t.name from article_topics x join topics t on t.id = x.topic_id "
    "where x.article_id = ? order by 1",
    "links": "select position, url, text, section from links where article_id = ? order by 1",
}

Portrait = dict[str, list[tuple[Any, ...]]]


def portrait(db: Database, article_id: int) -> Portrait:
    """Return the article's own fields, one a row, and its rows in every derived table."""
    row = db.conn.execute(f"select {', '.join(FIELDS)} from articles where id = ?", [article_id]).fetchone()
    rows: Portrait = {"articles": list(zip(FIELDS, row, strict=True))}
    for table, query in _CHILDREN.items():
        rows[table] = db.conn.execute(query, [article_id]).fetchall()
    return rows
