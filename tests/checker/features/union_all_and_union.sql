-- runs: lateral
SELECT user_id FROM turns UNION ALL SELECT user_id FROM users UNION SELECT user_id FROM labels
