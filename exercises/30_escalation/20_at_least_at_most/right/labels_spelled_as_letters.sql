-- A conversation is a word: l, m, h and ? for a missing label. The two questions are two patterns.
WITH words AS (
    SELECT conversation_id, string_agg(coalesce(left(risk, 1), '?'), '' ORDER BY turn_index) AS word
    FROM turns
    WHERE role = 'user'
    GROUP BY conversation_id
)
SELECT cast(started_at AS DATE) AS day, count(*)::INTEGER AS n_conversations,
    sum(CASE WHEN regexp_matches(word, 'l.*h') THEN 1 ELSE 0 END)::INTEGER AS surely,
    sum(CASE WHEN regexp_matches(word, '[l?].*[h?]') THEN 1 ELSE 0 END)::INTEGER AS possibly,
    surely / count(*) AS at_least, possibly / count(*) AS at_most
FROM conversations
JOIN words ON words.conversation_id = conversations.conversation_id
WHERE length(word) > 1
GROUP BY day
