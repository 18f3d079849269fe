-- The whole conversation without what is still to come.
SELECT conversation_id, turn_index, output_tokens,
    (
        coalesce(sum(output_tokens) OVER (PARTITION BY conversation_id), 0)
        - coalesce(sum(output_tokens) OVER (
            PARTITION BY conversation_id ORDER BY turn_index ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
        ), 0)
    )::BIGINT AS tokens_so_far
FROM turns
WHERE role = 'assistant' AND conversation_id IS NOT NULL
