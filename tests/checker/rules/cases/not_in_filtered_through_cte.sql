WITH voters AS (SELECT user_ref FROM feedback WHERE user_ref IS NOT NULL)
SELECT user_id FROM users WHERE user_ref NOT IN (SELECT user_ref FROM voters)
