SELECT avg(coalesce(n, 0)) FROM users
LEFT JOIN (SELECT user_ref, count(*) AS n FROM feedback GROUP BY user_ref) AS votes USING (user_ref)
