-- runs: lateral
SELECT user_id, turn_index, sum(seconds) AS s FROM turns GROUP BY ROLLUP (user_id, turn_index)
