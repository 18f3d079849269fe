-- dialect: postgres
SELECT
    conversation_id,
    turn_index,
    output_tokens,
    COALESCE(SUM(output_tokens) OVER w, 0)::bigint AS tokens_so_far
FROM turns
WHERE role = 'assistant' AND conversation_id IS NOT NULL
WINDOW w AS (PARTITION BY conversation_id ORDER BY turn_index ROWS UNBOUNDED PRECEDING)
