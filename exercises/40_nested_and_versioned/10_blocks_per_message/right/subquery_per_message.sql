SELECT
    m.ingest_seq,
    len(m.content)::INTEGER AS n_blocks,
    CASE WHEN m.content IS NOT NULL THEN (
        SELECT count(*) FROM UNNEST(m.content) AS b(block) WHERE b.block.type = 'tool_use'
    ) END::INTEGER AS n_tool_uses,
    m.content[list_position([block.type for block in m.content], 'tool_use')].tool_name AS first_tool
FROM message_events AS m
