-- The same with conversations for clusters.
WITH
answers AS (
    SELECT conversation_id, is_refusal::INTEGER AS refused
    FROM turns
    WHERE role = 'assistant' AND is_refusal IS NOT NULL AND conversation_id IS NOT NULL
),

share AS (SELECT avg(refused) AS p, count(*) AS n FROM answers),

clusters AS (
    SELECT conversation_id, sum(refused) - any_value(p) * count(*) AS residual
    FROM answers
    CROSS JOIN share
    GROUP BY conversation_id
)

SELECT sqrt(sum(residual ** 2) * count(*) / (count(*) - 1)) / sqrt(any_value(n * p * (1 - p)))
    AS clustered_to_row_standard_error
FROM clusters
CROSS JOIN share
