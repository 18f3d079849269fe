-- Conversations by their number of exchanges; the last bar holds all the longer ones.
WITH counted AS (
    SELECT least(count(DISTINCT exchange_index), 13) AS exchanges
    FROM turns
    WHERE conversation_id IS NOT NULL AND role IN ('user', 'assistant')
    GROUP BY conversation_id
)

SELECT exchanges AS place, count(*) / sum(count(*)) OVER () AS share FROM counted GROUP BY exchanges ORDER BY exchanges
