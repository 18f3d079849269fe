-- One number per day, with an assumption inside. Which one, and what would the other end be?
SELECT
    started_at::DATE AS day,
    count(*)::INTEGER AS n_conversations,
    count(*) FILTER (WHERE labels LIKE '%low%high%')::INTEGER AS surely,
    count(*) FILTER (WHERE labels LIKE '%low%high%')::INTEGER AS possibly,
    surely / n_conversations AS at_least,
    possibly / n_conversations AS at_most
FROM (
    SELECT conversation_id, string_agg(coalesce(risk, 'low'), ' ' ORDER BY turn_index) AS labels
    FROM turns
    WHERE role = 'user'
    GROUP BY conversation_id
) AS labelled
JOIN conversations USING (conversation_id)
GROUP BY day
