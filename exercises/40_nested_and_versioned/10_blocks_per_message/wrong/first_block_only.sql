-- mistake: first_tool looks at the first block only, whatever its type
SELECT ingest_seq, len(content)::INTEGER AS n_blocks,
    len(list_filter(content, lambda block: block.type = 'tool_use'))::INTEGER AS n_tool_uses,
    content[1].tool_name AS first_tool
FROM message_events
