-- dialect: bigquery
SELECT
    conversation_id,
    turn_index,
    output_tokens,
    CAST(IFNULL(SUM(output_tokens) OVER (
        PARTITION BY conversation_id ORDER BY turn_index
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), 0) AS INT64) AS tokens_so_far
FROM turns
WHERE role = 'assistant' AND conversation_id IS NOT NULL
