-- Think times by a quarter of a power of ten, in seconds.
WITH thought AS (
    SELECT floor(log10(epoch(question.created_at - answer.completed_at)) * 4) / 4 AS bin
    FROM turns AS question
    JOIN turns AS answer ON answer.conversation_id = question.conversation_id
        AND answer.exchange_index = question.exchange_index - 1 AND answer.role = 'assistant'
    WHERE question.role = 'user' AND question.created_at > answer.completed_at + INTERVAL 1 SECOND
)

SELECT bin AS place, count(*) / sum(count(*)) OVER () AS share FROM thought WHERE bin < 6 GROUP BY bin ORDER BY bin
