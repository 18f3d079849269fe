SELECT user_id FROM users
WHERE user_ref NOT IN (SELECT user_ref FROM feedback GROUP BY user_ref HAVING user_ref IS NOT NULL)
