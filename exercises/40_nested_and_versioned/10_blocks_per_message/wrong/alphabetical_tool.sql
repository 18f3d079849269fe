-- mistake: first_tool is the first in the alphabet, not in the list
SELECT ingest_seq, len(content)::INTEGER AS n_blocks,
    len(list_filter(content, lambda block: block.type = 'tool_use'))::INTEGER AS n_tool_uses,
    list_min([block.tool_name for block in content if block.type = 'tool_use']) AS first_tool
FROM message_events
