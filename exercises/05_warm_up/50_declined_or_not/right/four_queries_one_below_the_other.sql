-- Four questions, four answers, one below the other.
SELECT message_id, 'failed' AS outcome FROM turns WHERE role = 'assistant' AND status <> 200
UNION ALL
SELECT message_id, 'declined' FROM turns WHERE role = 'assistant' AND status = 200 AND is_refusal
UNION ALL
SELECT message_id, 'answered' FROM turns WHERE role = 'assistant' AND status = 200 AND NOT is_refusal
UNION ALL
SELECT message_id, 'not known' FROM turns WHERE role = 'assistant' AND status = 200 AND is_refusal IS NULL
