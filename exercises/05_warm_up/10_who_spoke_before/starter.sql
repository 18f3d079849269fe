-- Every turn, as if nobody had spoken before it. Who did?
SELECT conversation_id, turn_index, role, NULL::VARCHAR AS previous_role
FROM turns
WHERE conversation_id IS NOT NULL
