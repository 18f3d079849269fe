-- runs: lateral
SELECT a.conversation_id, a.turn_index AS earlier, b.turn_index AS later FROM turns AS a JOIN turns AS b ON a.conversation_id = b.conversation_id AND b.turn_index > a.turn_index
