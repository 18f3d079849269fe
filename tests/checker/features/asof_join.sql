-- runs: lateral
SELECT t.user_id, t.turn_index, u.at
FROM turns AS t ASOF LEFT JOIN (SELECT user_id, max(length(plan)) AS at FROM users GROUP BY 1) AS u
  ON t.user_id = u.user_id AND t.turn_index >= u.at
