-- mistake: the hour is asked of the half-hour sittings, from start to start, so a long sitting looks like a silence
WITH timed AS (
    SELECT conversation_id, turn_index, created_at,
        lag(created_at) OVER (PARTITION BY conversation_id ORDER BY created_at, turn_index) AS previous_at
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
),
numbered AS (
    SELECT conversation_id, created_at,
        sum(CASE WHEN created_at - previous_at <= INTERVAL 30 MINUTES THEN 0 ELSE 1 END) OVER (
            PARTITION BY conversation_id ORDER BY created_at, turn_index
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS sitting_no
    FROM timed
),
sittings AS (
    SELECT conversation_id, sitting_no, min(created_at) AS started_at
    FROM numbered
    GROUP BY conversation_id, sitting_no
),
apart AS (
    SELECT conversation_id,
        started_at - lag(started_at) OVER (PARTITION BY conversation_id ORDER BY sitting_no) AS silence
    FROM sittings
),
limits (limit_minutes, longest) AS (VALUES (30, INTERVAL 30 MINUTES), (60, INTERVAL 60 MINUTES))
SELECT limit_minutes, (SELECT count(previous_at) FROM timed)::INTEGER AS n_silences,
    (count(conversation_id) FILTER (WHERE silence IS NULL OR silence > longest))::INTEGER AS n_sittings,
    (count(DISTINCT conversation_id) FILTER (WHERE silence > longest))::INTEGER AS n_conversations_cut,
    (count(*) FILTER (WHERE silence > longest)) / nullif((SELECT count(previous_at) FROM timed), 0) AS share_ending
FROM limits
LEFT JOIN apart ON true
GROUP BY limit_minutes
