-- Places are counted one by one, so the turn before is the one whose place is one less.
SELECT this.conversation_id, this.turn_index, this.role, before.role AS previous_role
FROM turns AS this
LEFT JOIN turns AS before
    ON before.conversation_id = this.conversation_id AND before.turn_index = this.turn_index - 1
WHERE this.conversation_id IS NOT NULL
