WITH numbered AS (
    SELECT conversation_id, row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index) AS n
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
)
SELECT conversation_id, max(n)::INTEGER AS n_user_turns
FROM numbered
GROUP BY conversation_id
