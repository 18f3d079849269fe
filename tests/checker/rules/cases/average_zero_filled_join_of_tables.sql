SELECT avg(coalesce(t.output_tokens, 0)) FROM conversations AS c LEFT JOIN turns AS t USING (conversation_id)
