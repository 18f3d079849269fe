-- mistake: counts a conversation on the day of its first user turn by the client's clock, not on the day it was opened
WITH measured AS (
    SELECT conversation_id, min(created_at)::DATE AS day,
        min(turn_index) FILTER (WHERE risk = 'low') AS first_low,
        max(turn_index) FILTER (WHERE risk = 'high') AS last_high,
        min(turn_index) FILTER (WHERE risk = 'low' OR risk IS NULL) AS first_possible_low,
        max(turn_index) FILTER (WHERE risk = 'high' OR risk IS NULL) AS last_possible_high
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
    GROUP BY conversation_id
    HAVING count(*) >= 2
)
SELECT day, count(*)::INTEGER AS n_conversations,
    count(*) FILTER (WHERE first_low < last_high)::INTEGER AS surely,
    count(*) FILTER (WHERE first_possible_low < last_possible_high)::INTEGER AS possibly,
    surely / count(*) AS at_least, possibly / count(*) AS at_most
FROM measured
JOIN conversations USING (conversation_id)
GROUP BY day
