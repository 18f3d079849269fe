-- Answers before which a tool can be called, and questions before which a system prompt can stand.
SELECT count(*) FILTER (stop_reason NOT IN ('refusal', 'content_filter')) + count(DISTINCT conversation_id)
FROM message_events
