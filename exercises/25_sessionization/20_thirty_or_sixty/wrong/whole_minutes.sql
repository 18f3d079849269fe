-- mistake: silences are cut down to whole minutes, so 30 minutes and 59 seconds do not end a sitting
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
    (count(conversation_id) FILTER (WHERE silence IS NULL OR date_trunc('minute', TIMESTAMP '2000-01-01' + silence) - TIMESTAMP '2000-01-01' > longest))::INTEGER AS n_sittings,
    (count(DISTINCT conversation_id) FILTER (WHERE date_trunc('minute', TIMESTAMP '2000-01-01' + silence) - TIMESTAMP '2000-01-01' > longest))::INTEGER AS n_conversations_cut,
    (count(*) FILTER (WHERE date_trunc('minute', TIMESTAMP '2000-01-01' + silence) - TIMESTAMP '2000-01-01' > longest)) / nullif(count(silence), 0) AS share_ending
FROM limits
LEFT JOIN silences ON true
GROUP BY limit_minutes
