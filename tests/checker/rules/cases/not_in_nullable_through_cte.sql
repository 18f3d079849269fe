-- expect: NUL002 3:33
WITH voters AS (SELECT DISTINCT user_ref AS who FROM feedback)
SELECT user_id FROM users WHERE user_ref NOT IN (SELECT who FROM voters)
