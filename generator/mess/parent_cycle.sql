-- Conversations with a tree of more than one message.
SELECT count(*)
FROM conversations
SEMI JOIN (FROM message_events WHERE parent_message_id IS NOT NULL) USING (conversation_id)
