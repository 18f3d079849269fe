-- mistake: lists are read from 0, so first_tool is always NULL
SELECT ingest_seq, len(content)::INTEGER AS n_blocks,
    len(list_filter(content, lambda block: block.type = 'tool_use'))::INTEGER AS n_tool_uses,
    list_filter(content, lambda block: block.type = 'tool_use')[0].tool_name AS first_tool
FROM message_events
