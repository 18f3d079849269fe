-- mistake: an untimed turn joins the timed one after it; it belongs to the one before
WITH placed AS (
    SELECT conversation_id, turn_index, created_at,
        last_value(created_at IGNORE NULLS) OVER (
            PARTITION BY conversation_id ORDER BY turn_index ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS known_before
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
),
timed AS (
    SELECT conversation_id, turn_index,
        1 + sum(CASE WHEN created_at - known_before > INTERVAL 30 MINUTES THEN 1 ELSE 0 END) OVER (
            PARTITION BY conversation_id ORDER BY turn_index ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS timed_no
    FROM placed
    WHERE created_at IS NOT NULL
),
numbered AS (
    SELECT p.conversation_id, p.created_at,
        coalesce(
            first_value(timed_no IGNORE NULLS) OVER (
                PARTITION BY p.conversation_id ORDER BY p.turn_index
                ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
            ),
            max(timed_no) OVER (PARTITION BY p.conversation_id),
            1
        ) AS sitting_no
    FROM placed AS p
    LEFT JOIN timed AS t ON t.conversation_id = p.conversation_id AND t.turn_index = p.turn_index
)
SELECT conversation_id, sitting_no::INTEGER AS sitting_no, min(created_at) AS started_at, max(created_at) AS ended_at,
    count(*)::INTEGER AS n_user_turns, (count(*) - count(created_at))::INTEGER AS n_untimed
FROM numbered
GROUP BY conversation_id, sitting_no
