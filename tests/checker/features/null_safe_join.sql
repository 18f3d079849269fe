-- runs: lateral
SELECT t.turn_index, l.risk FROM turns AS t JOIN labels AS l ON t.user_id IS NOT DISTINCT FROM l.user_id
