-- mistake: messages with an empty list or no content have no row
WITH spread AS (
    SELECT ingest_seq, UNNEST(content) AS block, generate_subscripts(content, 1) AS place
    FROM message_events
)
SELECT ingest_seq, count(*)::INTEGER AS n_blocks,
    (count(*) FILTER (WHERE block.type = 'tool_use'))::INTEGER AS n_tool_uses,
    (list(block.tool_name ORDER BY place) FILTER (WHERE block.type = 'tool_use'))[1] AS first_tool
FROM spread
GROUP BY ingest_seq
