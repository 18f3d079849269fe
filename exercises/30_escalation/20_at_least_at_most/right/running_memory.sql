-- Walks through each conversation, remembering whether a low turn, sure or possible, has gone by.
WITH walked AS (
    SELECT conversation_id, risk,
        count(*) FILTER (WHERE risk = 'low') OVER before AS lows,
        count(*) FILTER (WHERE risk = 'low' OR risk IS NULL) OVER before AS possible_lows
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
    WINDOW before AS (
        PARTITION BY conversation_id ORDER BY turn_index ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
),
per_conversation AS (
    SELECT conversation_id, count(*) AS n,
        coalesce(max(1) FILTER (WHERE risk = 'high' AND lows > 0), 0) AS sure,
        coalesce(max(1) FILTER (WHERE (risk = 'high' OR risk IS NULL) AND possible_lows > 0), 0) AS possible
    FROM walked
    GROUP BY ALL
)
SELECT date_trunc('day', started_at)::DATE AS day, count(*)::INTEGER AS n_conversations,
    sum(sure)::INTEGER AS surely, sum(possible)::INTEGER AS possibly, avg(sure) AS at_least, avg(possible) AS at_most
FROM per_conversation
JOIN conversations USING (conversation_id)
WHERE n >= 2
GROUP BY ALL
