-- runs: lateral
SELECT s.plan, count(u.user_id) AS n FROM (VALUES ('free'), ('pro'), (NULL)) AS s(plan) LEFT JOIN users AS u ON u.plan IS NOT DISTINCT FROM s.plan GROUP BY 1
