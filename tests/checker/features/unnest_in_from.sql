-- runs: lateral
SELECT t.conversation_id, u.i FROM turns AS t, unnest(range(t.turn_index)) AS u(i)
