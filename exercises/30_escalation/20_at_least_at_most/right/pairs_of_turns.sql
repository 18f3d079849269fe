-- Every earlier turn is paired with every later one; a pair proves, allows or rules out an escalation.
WITH user_turns AS (
    SELECT conversation_id, turn_index, risk
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
),
judged AS (
    SELECT a.conversation_id,
        bool_or(coalesce(a.risk = 'low' AND b.risk = 'high', false)) AS sure,
        bool_or(ifnull(a.risk, 'low') = 'low' AND ifnull(b.risk, 'high') = 'high') AS possible
    FROM user_turns AS a
    JOIN user_turns AS b ON a.conversation_id = b.conversation_id AND a.turn_index < b.turn_index
    GROUP BY a.conversation_id
)
SELECT started_at::DATE AS day, count(*)::INTEGER AS n_conversations,
    count_if(sure)::INTEGER AS surely, count_if(possible)::INTEGER AS possibly,
    avg(sure::INTEGER) AS at_least, avg(possible::INTEGER) AS at_most
FROM judged
JOIN conversations USING (conversation_id)
GROUP BY day
