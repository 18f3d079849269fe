-- mistake: messages without content are reported as having 0 blocks
SELECT ingest_seq, coalesce(len(content), 0)::INTEGER AS n_blocks,
    coalesce(len(list_filter(content, lambda block: block.type = 'tool_use')), 0)::INTEGER AS n_tool_uses,
    list_filter(content, lambda block: block.type = 'tool_use')[1].tool_name AS first_tool
FROM message_events
