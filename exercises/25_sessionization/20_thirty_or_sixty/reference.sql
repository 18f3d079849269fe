WITH
-- Every user turn that counts, with the silence before it; NULL on the first of a conversation. Measured once.
silences AS (
    SELECT
        conversation_id,
        created_at - lag(created_at) OVER (PARTITION BY conversation_id ORDER BY created_at) AS silence
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
),

-- The two limits to ask of each silence; they are here even when no turn is.
limits (limit_minutes, longest) AS (
    VALUES (30, INTERVAL 30 MINUTES), (60, INTERVAL 60 MINUTES)
)

SELECT
    limit_minutes::INTEGER AS limit_minutes,
    count(silence)::INTEGER AS n_silences,
    (count(conversation_id) FILTER (WHERE silence IS NULL OR silence > longest))::INTEGER AS n_sittings,
    (count(DISTINCT conversation_id) FILTER (WHERE silence > longest))::INTEGER AS n_conversations_cut,
    (count(*) FILTER (WHERE silence > longest)) / nullif(count(silence), 0) AS share_ending
FROM limits
LEFT JOIN silences ON true
GROUP BY limit_minutes
