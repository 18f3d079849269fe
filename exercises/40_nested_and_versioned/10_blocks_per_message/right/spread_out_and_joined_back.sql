WITH spread AS (
    SELECT ingest_seq, UNNEST(content) AS block, generate_subscripts(content, 1) AS place
    FROM message_events
),
counted AS (
    SELECT
        ingest_seq,
        count(*) AS n_tool_uses,
        min(place) AS first_place
    FROM spread
    WHERE block.type = 'tool_use'
    GROUP BY ingest_seq
)
SELECT
    m.ingest_seq,
    len(m.content)::INTEGER AS n_blocks,
    CASE WHEN m.content IS NOT NULL THEN coalesce(c.n_tool_uses, 0) END::INTEGER AS n_tool_uses,
    m.content[c.first_place].tool_name AS first_tool
FROM message_events AS m
LEFT JOIN counted AS c ON c.ingest_seq = m.ingest_seq
