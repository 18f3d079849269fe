-- runs: lateral
SELECT user_id, turn_index, count(seconds) AS n FROM turns GROUP BY CUBE (user_id, turn_index)
