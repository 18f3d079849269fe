-- mistake: compares the conversation's first low turn with its first high turn; a later pair may be the one within three
WITH user_turns AS (
    SELECT user_id, conversation_id, turn_index, risk,
        row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index) AS n
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND conversation_id IS NOT NULL
),
firsts AS (
    SELECT conversation_id, min(n) FILTER (WHERE risk = 'low') AS low_n, min(n) FILTER (WHERE risk = 'high') AS high_n
    FROM user_turns
    GROUP BY conversation_id
)
SELECT user_id, conversation_id, min(turn_index) AS low_turn_index, max(turn_index) AS high_turn_index,
    (high_n - low_n)::INTEGER AS user_turns_apart,
    list(coalesce(risk, 'unlabelled') ORDER BY n) AS path
FROM firsts
JOIN user_turns USING (conversation_id)
WHERE high_n - low_n BETWEEN 1 AND 3 AND n BETWEEN low_n AND high_n
GROUP BY user_id, conversation_id, low_n, high_n
