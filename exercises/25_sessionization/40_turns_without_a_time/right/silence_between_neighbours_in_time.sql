-- Timed turns are cut by themselves; then every turn looks up the sitting of the nearest timed one, before or else after.
WITH said AS (
    SELECT conversation_id, turn_index, created_at
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
),
timed AS (
    SELECT conversation_id, turn_index, created_at,
        lag(created_at) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS previous_at
    FROM said
    WHERE created_at IS NOT NULL
),
cut AS (
    SELECT conversation_id, turn_index,
        sum(CASE WHEN created_at <= previous_at + INTERVAL 30 MINUTES THEN 0 ELSE 1 END) OVER (
            PARTITION BY conversation_id ORDER BY turn_index ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS sitting_no
    FROM timed
),
found AS (
    SELECT said.*, coalesce(before.sitting_no, after.sitting_no, 1) AS sitting_no
    FROM said
    ASOF LEFT JOIN cut AS before
        ON said.conversation_id = before.conversation_id AND said.turn_index >= before.turn_index
    ASOF LEFT JOIN cut AS after
        ON said.conversation_id = after.conversation_id AND said.turn_index <= after.turn_index
)
SELECT conversation_id, sitting_no::INTEGER AS sitting_no, min(created_at) AS started_at, max(created_at) AS ended_at,
    count(*)::INTEGER AS n_user_turns, (count(*) FILTER (WHERE created_at IS NULL))::INTEGER AS n_untimed
FROM found
GROUP BY ALL
