-- expect: JOI004 2:47
SELECT u.user_ref, c.surface FROM users AS u, conversations AS c WHERE u.plan = 'free'
