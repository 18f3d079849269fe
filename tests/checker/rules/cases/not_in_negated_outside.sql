-- expect: NUL002 2:37
SELECT user_id FROM users WHERE NOT user_ref IN (SELECT user_ref FROM feedback UNION SELECT 'x')
-- expect: STY005 2:80
