-- mistake: averages the shares of the conversations, so a conversation with one silence weighs as much as one with forty
WITH silences AS (
    SELECT conversation_id,
        created_at - lag(created_at) OVER (PARTITION BY conversation_id ORDER BY created_at, turn_index) AS silence
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
),
limits (limit_minutes, longest) AS (VALUES (30, INTERVAL 30 MINUTES), (60, INTERVAL 60 MINUTES)),
conversations_cut AS (
    SELECT limit_minutes, conversation_id, count(silence) AS n,
        count(*) FILTER (WHERE silence > longest) AS n_ending
    FROM limits
    LEFT JOIN silences ON true
    GROUP BY limit_minutes, conversation_id
)
SELECT limit_minutes, sum(n)::INTEGER AS n_silences,
    coalesce(sum(1 + n_ending) FILTER (WHERE conversation_id IS NOT NULL), 0)::INTEGER AS n_sittings,
    (count(*) FILTER (WHERE n_ending > 0))::INTEGER AS n_conversations_cut,
    avg(n_ending / nullif(n, 0)) AS share_ending
FROM conversations_cut
GROUP BY limit_minutes
