-- Each answer meets itself and all before it, and their tokens are added.
SELECT this.conversation_id, this.turn_index, this.output_tokens,
    sum(coalesce(other.output_tokens, 0))::BIGINT AS tokens_so_far
FROM turns AS this
JOIN turns AS other
    ON other.conversation_id = this.conversation_id AND other.turn_index <= this.turn_index AND other.role = this.role
WHERE this.role = 'assistant'
GROUP BY this.conversation_id, this.turn_index, this.output_tokens
