-- The nine comparisons stand in a table; a pair that is not in it is unknown.
WITH known (before, after, step) AS (
    VALUES ('low', 'low', 'same'), ('low', 'medium', 'up'), ('low', 'high', 'up'),
        ('medium', 'low', 'down'), ('medium', 'medium', 'same'), ('medium', 'high', 'up'),
        ('high', 'low', 'down'), ('high', 'medium', 'down'), ('high', 'high', 'same')
),
pairs AS (
    SELECT conversation_id, turn_index, risk, lag(risk) OVER w AS risk_before, lag(turn_index) OVER w AS turn_before
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
    WINDOW w AS (PARTITION BY conversation_id ORDER BY turn_index)
)
SELECT conversation_id, count(*)::INTEGER AS user_turns,
    array_agg(if(turn_before IS NULL, 'start', ifnull(step, 'unknown')) ORDER BY turn_index) AS steps
FROM pairs
LEFT JOIN known ON known.before = risk_before AND known.after = risk
GROUP BY conversation_id
