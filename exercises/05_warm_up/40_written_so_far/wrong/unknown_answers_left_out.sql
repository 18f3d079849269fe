-- mistake: answers whose tokens are not known are not listed
SELECT conversation_id, turn_index, output_tokens,
    (sum(output_tokens) OVER (
        PARTITION BY conversation_id ORDER BY turn_index ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ))::BIGINT AS tokens_so_far
FROM turns
WHERE role = 'assistant' AND conversation_id IS NOT NULL AND output_tokens IS NOT NULL
