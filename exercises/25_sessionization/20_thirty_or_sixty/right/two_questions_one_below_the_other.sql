-- Each limit is asked by itself; aggregates without a GROUP BY answer on an empty log too.
WITH silences AS (
    SELECT conversation_id,
        epoch_us(created_at - lag(created_at) OVER (PARTITION BY conversation_id ORDER BY created_at)) AS us
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
),
counted AS (
    SELECT 30 AS limit_minutes, count(us) AS n, count(DISTINCT conversation_id) AS conversations,
        count(*) FILTER (WHERE us > 30 * 60000000) AS ending,
        count(DISTINCT CASE WHEN us > 30 * 60000000 THEN conversation_id END) AS cut
    FROM silences
    UNION ALL
    SELECT 60, count(us), count(DISTINCT conversation_id), count(*) FILTER (WHERE us > 3600000000),
        count(DISTINCT CASE WHEN us > 3600000000 THEN conversation_id END)
    FROM silences
)
SELECT limit_minutes, n::INTEGER AS n_silences, (conversations + ending)::INTEGER AS n_sittings,
    cut::INTEGER AS n_conversations_cut, CASE WHEN n > 0 THEN ending / n END AS share_ending
FROM counted
