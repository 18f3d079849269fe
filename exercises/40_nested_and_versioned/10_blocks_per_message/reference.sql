-- The tool uses of every delivery, still in list order; a missing list stays missing.
WITH looked_into AS (
    SELECT ingest_seq, content, list_filter(content, lambda block: block.type = 'tool_use') AS tool_uses
    FROM message_events
)

SELECT
    ingest_seq,
    len(content)::INTEGER AS n_blocks,
    len(tool_uses)::INTEGER AS n_tool_uses,
    tool_uses[1].tool_name AS first_tool
FROM looked_into
