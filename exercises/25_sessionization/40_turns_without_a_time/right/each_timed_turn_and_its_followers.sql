-- The number of known times so far groups a timed turn with the untimed ones after it; groups are then cut like turns.
WITH followed AS (
    SELECT conversation_id, turn_index, created_at,
        greatest(1, count(created_at) OVER (
            PARTITION BY conversation_id ORDER BY turn_index ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        )) AS group_no
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
),
groups AS (
    SELECT conversation_id, group_no, max(created_at) AS moment, count(*) AS n, count(*) - count(created_at) AS untimed
    FROM followed
    GROUP BY conversation_id, group_no
),
marked AS (
    SELECT *, coalesce(moment - lag(moment) OVER (PARTITION BY conversation_id ORDER BY group_no) > INTERVAL 30 MINUTES, false) AS cuts
    FROM groups
),
numbered AS (
    SELECT *, 1 + count(*) FILTER (WHERE cuts) OVER (
            PARTITION BY conversation_id ORDER BY group_no ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS sitting_no
    FROM marked
)
SELECT conversation_id, sitting_no::INTEGER AS sitting_no, min(moment) AS started_at, max(moment) AS ended_at,
    sum(n)::INTEGER AS n_user_turns, sum(untimed)::INTEGER AS n_untimed
FROM numbered
GROUP BY conversation_id, sitting_no
