-- runs: lateral
SELECT u.user_id, t.n, l.m FROM users AS u
LEFT JOIN (SELECT user_id, count(*) AS n FROM turns GROUP BY ALL) AS t ON t.user_id = u.user_id
LEFT JOIN (SELECT user_id, count(risk) AS m FROM labels GROUP BY ALL) AS l ON l.user_id = u.user_id
