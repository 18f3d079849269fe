-- mistake: the first turn of a conversation is missing; nobody spoke before it, and that is an answer too
SELECT this.conversation_id, this.turn_index, this.role, before.role AS previous_role
FROM turns AS this
JOIN turns AS before
    ON before.conversation_id = this.conversation_id AND before.turn_index = this.turn_index - 1
