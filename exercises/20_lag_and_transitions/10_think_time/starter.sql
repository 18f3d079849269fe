-- The seconds since the row before began. Whose row was that, and is its beginning what we want?
SELECT
    conversation_id,
    turn_index,
    epoch(created_at - lag(created_at) OVER (PARTITION BY conversation_id ORDER BY turn_index)) AS think_seconds
FROM turns
WHERE conversation_id IS NOT NULL AND role = 'user'
