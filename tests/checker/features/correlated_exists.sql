-- runs: lateral
SELECT user_id, plan FROM users AS u WHERE EXISTS (SELECT 1 FROM turns AS t WHERE t.user_id = u.user_id AND t.turn_index > 1)
