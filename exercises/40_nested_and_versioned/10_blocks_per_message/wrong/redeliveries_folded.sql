-- mistake: a message that was delivered twice has one row
SELECT min(ingest_seq) AS ingest_seq, len(any_value(content))::INTEGER AS n_blocks,
    len(list_filter(any_value(content), lambda block: block.type = 'tool_use'))::INTEGER AS n_tool_uses,
    list_filter(any_value(content), lambda block: block.type = 'tool_use')[1].tool_name AS first_tool
FROM message_events
GROUP BY message_id
