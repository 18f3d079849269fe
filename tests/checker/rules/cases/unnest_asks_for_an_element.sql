SELECT message_id FROM message_events, unnest(content) AS u(b) WHERE b.type = 'tool_use'
