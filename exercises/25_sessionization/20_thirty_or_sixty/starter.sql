-- One limit, and a share of something else. What is the share a share of, and where is the other row?
WITH silences AS (
    SELECT conversation_id,
        created_at - lag(created_at) OVER (PARTITION BY conversation_id ORDER BY created_at, turn_index) AS silence
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
)
SELECT
    30::INTEGER AS limit_minutes,
    count(*)::INTEGER AS n_silences,
    (count(*) FILTER (WHERE silence > INTERVAL 30 MINUTES))::INTEGER AS n_sittings,
    count(DISTINCT conversation_id)::INTEGER AS n_conversations_cut,
    (count(*) FILTER (WHERE silence > INTERVAL 30 MINUTES)) / count(*) AS share_ending
FROM silences
