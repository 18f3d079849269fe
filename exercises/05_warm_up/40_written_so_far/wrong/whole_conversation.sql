-- mistake: without an order the window adds the whole conversation, what is still to come included
SELECT conversation_id, turn_index, output_tokens,
    coalesce(sum(output_tokens) OVER (PARTITION BY conversation_id), 0)::BIGINT AS tokens_so_far
FROM turns
WHERE role = 'assistant' AND conversation_id IS NOT NULL
