-- runs: lateral
SELECT user_id, conversation_id, count(*) AS n FROM turns
GROUP BY GROUPING SETS ((user_id), (conversation_id), ())
