-- One row per block, counted back together. Which messages are not here?
SELECT
    ingest_seq,
    count(*)::INTEGER AS n_blocks,
    (count(*) FILTER (WHERE block.type = 'tool_use'))::INTEGER AS n_tool_uses,
    min(block.tool_name) AS first_tool
FROM message_events, UNNEST(content) AS blocks(block)
GROUP BY ingest_seq
