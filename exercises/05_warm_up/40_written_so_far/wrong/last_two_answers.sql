-- mistake: adds only the answer before; the total goes back to the beginning of the conversation
SELECT conversation_id, turn_index, output_tokens,
    (coalesce(output_tokens, 0)
        + coalesce(lag(output_tokens) OVER (PARTITION BY conversation_id ORDER BY turn_index), 0))::BIGINT AS tokens_so_far
FROM turns
WHERE role = 'assistant' AND conversation_id IS NOT NULL
