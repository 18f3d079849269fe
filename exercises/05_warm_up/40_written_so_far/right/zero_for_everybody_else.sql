-- All rows walk along; those that are not the model's bring nothing, and are taken out afterwards.
SELECT conversation_id, turn_index, output_tokens, tokens_so_far
FROM (
    SELECT conversation_id, turn_index, role, output_tokens,
        CAST(sum(CASE WHEN role = 'assistant' THEN coalesce(output_tokens, 0) ELSE 0 END)
            OVER (PARTITION BY conversation_id ORDER BY turn_index) AS BIGINT) AS tokens_so_far
    FROM turns
    WHERE conversation_id IS NOT NULL
)
WHERE role = 'assistant'
