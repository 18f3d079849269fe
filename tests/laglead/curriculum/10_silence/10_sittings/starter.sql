SELECT conversation_id, 1 AS sitting_no, created_at AS started_at, created_at AS ended_at FROM turns
