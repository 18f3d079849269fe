-- runs: lateral
SELECT user_id, quantile_disc(turn_index, 0.5) AS d, median(turn_index) AS m, mode(turn_index) IS NULL AS o FROM turns GROUP BY user_id
