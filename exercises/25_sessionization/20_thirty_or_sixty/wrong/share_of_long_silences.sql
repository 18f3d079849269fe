-- mistake: the share is taken of the silences over 30 minutes, so it only says what the other limit loses
WITH silences AS (
    SELECT conversation_id,
        created_at - lag(created_at) OVER (PARTITION BY conversation_id ORDER BY created_at, turn_index) AS silence
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
),
limits (limit_minutes, longest) AS (VALUES (30, INTERVAL 30 MINUTES), (60, INTERVAL 60 MINUTES))
SELECT
    limit_minutes,
    count(silence)::INTEGER AS n_silences,
    (count(conversation_id) FILTER (WHERE silence IS NULL OR silence > longest))::INTEGER AS n_sittings,
    (count(DISTINCT conversation_id) FILTER (WHERE silence > longest))::INTEGER AS n_conversations_cut,
    (count(*) FILTER (WHERE silence > longest)) / nullif(count(*) FILTER (WHERE silence > INTERVAL 30 MINUTES), 0) AS share_ending
FROM limits
LEFT JOIN silences ON true
GROUP BY limit_minutes
