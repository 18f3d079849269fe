-- runs: lateral
SELECT coalesce(u.user_id, l.user_id) AS user_id, plan, risk FROM users AS u FULL JOIN labels AS l ON u.user_id = l.user_id
