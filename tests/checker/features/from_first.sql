-- runs: lateral
FROM turns SELECT user_id, max(turn_index) AS m GROUP BY ALL
