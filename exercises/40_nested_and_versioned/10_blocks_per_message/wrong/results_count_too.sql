-- mistake: tool_result blocks are counted as tool uses
SELECT ingest_seq, len(content)::INTEGER AS n_blocks,
    len(list_filter(content, lambda block: block.type IN ('tool_use', 'tool_result')))::INTEGER AS n_tool_uses,
    list_filter(content, lambda block: block.type = 'tool_use')[1].tool_name AS first_tool
FROM message_events
