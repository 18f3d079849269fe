WITH
-- Per conversation the places that decide: the earliest turn that is, or could be, low and the latest that is, or
-- could be, high. Conversations of a single user turn end here; rows without a conversation find none below.
measured AS (
    SELECT
        conversation_id,
        min(turn_index) FILTER (WHERE risk = 'low') AS first_low,
        max(turn_index) FILTER (WHERE risk = 'high') AS last_high,
        min(turn_index) FILTER (WHERE risk = 'low' OR risk IS NULL) AS first_possible_low,
        max(turn_index) FILTER (WHERE risk = 'high' OR risk IS NULL) AS last_possible_high
    FROM turns
    WHERE role = 'user'
    GROUP BY conversation_id
    HAVING count(*) >= 2
)

SELECT
    conversations.started_at::DATE AS day,
    count(*)::INTEGER AS n_conversations,
    count(*) FILTER (WHERE first_low < last_high)::INTEGER AS surely,
    count(*) FILTER (WHERE first_possible_low < last_possible_high)::INTEGER AS possibly,
    count(*) FILTER (WHERE first_low < last_high) / count(*) AS at_least,
    count(*) FILTER (WHERE first_possible_low < last_possible_high) / count(*) AS at_most
FROM measured
JOIN conversations ON conversations.conversation_id = measured.conversation_id
GROUP BY day
