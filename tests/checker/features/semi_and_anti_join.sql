-- runs: lateral
SELECT user_id, 'semi' AS how FROM users SEMI JOIN turns USING (user_id)
UNION ALL SELECT user_id, 'anti' FROM users ANTI JOIN turns USING (user_id)
