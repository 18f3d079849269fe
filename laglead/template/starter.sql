-- How many user turns does each conversation have?
SELECT conversation_id, 0 AS n_user_turns
FROM turns
