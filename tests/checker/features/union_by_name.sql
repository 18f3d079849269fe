-- runs: lateral
SELECT user_id, plan FROM users UNION ALL BY NAME SELECT risk, user_id FROM labels
