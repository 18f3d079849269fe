-- The three turns before are fetched one by one; the path is built from them.
WITH stepped AS (
    SELECT user_id, conversation_id, turn_index, risk,
        lag(risk, 1) OVER w AS r1, lag(risk, 2) OVER w AS r2, lag(risk, 3) OVER w AS r3,
        lag(turn_index, 1) OVER w AS t1, lag(turn_index, 2) OVER w AS t2, lag(turn_index, 3) OVER w AS t3
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND conversation_id IS NOT NULL
    WINDOW w AS (PARTITION BY conversation_id ORDER BY turn_index)
),
measured AS (
    SELECT *, CASE WHEN r1 = 'low' THEN 1 WHEN r2 = 'low' THEN 2 WHEN r3 = 'low' THEN 3 END AS apart
    FROM stepped
    WHERE risk = 'high'
),
ranked AS (
    SELECT *, row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index) AS nth
    FROM measured
    WHERE apart IS NOT NULL
)
SELECT user_id, conversation_id,
    CASE apart WHEN 1 THEN t1 WHEN 2 THEN t2 ELSE t3 END AS low_turn_index,
    turn_index AS high_turn_index,
    apart AS user_turns_apart,
    CASE apart
        WHEN 1 THEN ['low', 'high']
        WHEN 2 THEN ['low', coalesce(r1, 'unlabelled'), 'high']
        ELSE ['low', coalesce(r2, 'unlabelled'), coalesce(r1, 'unlabelled'), 'high']
    END AS path
FROM ranked
WHERE nth = 1
