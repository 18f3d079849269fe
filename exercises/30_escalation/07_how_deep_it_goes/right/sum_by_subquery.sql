-- No window and no list: the first labelled turn by a correlated subquery, the mean as a quotient.
WITH user_turns AS (
    SELECT user_id, conversation_id, turn_index,
        CASE WHEN risk = 'high' THEN 3.0 WHEN risk = 'medium' THEN 2.0 WHEN risk = 'low' THEN 1.0 END AS level
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND conversation_id IS NOT NULL
),
spans AS (
    SELECT user_id, conversation_id, count(level) AS labels, max(level) AS top,
        min(turn_index) FILTER (WHERE level IS NOT NULL) AS first_labelled
    FROM user_turns
    GROUP BY user_id, conversation_id
)
SELECT spans.user_id, count(*)::INTEGER AS conversations, count(*) FILTER (WHERE labels >= 2)::INTEGER AS measured,
    sum(top - level) FILTER (WHERE labels >= 2) / nullif(count(*) FILTER (WHERE labels >= 2), 0) AS mean_depth
FROM spans
LEFT JOIN user_turns ON user_turns.conversation_id = spans.conversation_id AND user_turns.turn_index = first_labelled
GROUP BY spans.user_id
