-- mistake: the tokens of tool and system rows are added to what the model wrote
SELECT conversation_id, turn_index, output_tokens, tokens_so_far
FROM (
    SELECT conversation_id, turn_index, role, output_tokens,
        coalesce(sum(output_tokens) OVER (
            PARTITION BY conversation_id ORDER BY turn_index ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ), 0)::BIGINT AS tokens_so_far
    FROM turns
    WHERE conversation_id IS NOT NULL
)
WHERE role = 'assistant'
