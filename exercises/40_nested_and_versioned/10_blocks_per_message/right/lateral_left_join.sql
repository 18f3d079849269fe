SELECT
    m.ingest_seq,
    max(len(m.content))::INTEGER AS n_blocks,
    CASE WHEN max(len(m.content)) IS NOT NULL
        THEN count(*) FILTER (WHERE b.block.type = 'tool_use') END::INTEGER AS n_tool_uses,
    (list(b.block.tool_name ORDER BY b.place) FILTER (WHERE b.block.type = 'tool_use'))[1] AS first_tool
FROM message_events AS m
LEFT JOIN LATERAL (
    SELECT UNNEST(m.content) AS block, generate_subscripts(m.content, 1) AS place
) AS b ON true
GROUP BY m.ingest_seq
