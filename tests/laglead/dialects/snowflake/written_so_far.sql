-- dialect: snowflake
SELECT
    conversation_id,
    turn_index,
    output_tokens,
    ZEROIFNULL(SUM(output_tokens) OVER (
        PARTITION BY conversation_id ORDER BY turn_index
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)) AS tokens_so_far
FROM turns
WHERE role = 'assistant' AND conversation_id IS NOT NULL
