-- runs: lateral
WITH RECURSIVE chain AS (
  SELECT conversation_id, turn_index, 1 AS depth FROM turns WHERE turn_index = 1
  UNION ALL
  SELECT t.conversation_id, t.turn_index, c.depth + 1 FROM turns AS t JOIN chain AS c
    ON t.conversation_id = c.conversation_id AND t.turn_index = c.turn_index + 1 WHERE c.depth < 9
)
SELECT conversation_id, depth, count(*) AS n FROM chain GROUP BY ALL
