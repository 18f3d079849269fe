SELECT user_id FROM users WHERE user_ref NOT IN (SELECT coalesce(user_ref, '') FROM feedback)
