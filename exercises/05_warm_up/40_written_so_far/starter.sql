-- What each answer wrote by itself. How much is it together with those before?
SELECT conversation_id, turn_index, output_tokens, coalesce(output_tokens, 0)::BIGINT AS tokens_so_far
FROM turns
WHERE role = 'assistant' AND conversation_id IS NOT NULL
