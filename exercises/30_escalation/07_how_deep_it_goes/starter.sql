-- One conversation count per user. Which of them can be measured, and how deep do those go?
SELECT
    user_id,
    count(DISTINCT conversation_id)::INTEGER AS conversations,
    count(DISTINCT conversation_id)::INTEGER AS measured,
    0::DOUBLE AS mean_depth
FROM turns
WHERE role = 'user' AND user_id IS NOT NULL AND conversation_id IS NOT NULL
GROUP BY user_id
