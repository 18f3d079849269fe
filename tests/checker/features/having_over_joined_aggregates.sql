-- runs: lateral
SELECT user_id, sum(n) AS n FROM (
  SELECT u.user_id, coalesce(t.n, 0) AS n FROM users AS u LEFT JOIN (SELECT user_id, count(*) AS n FROM turns GROUP BY ALL) AS t USING (user_id)
  UNION ALL
  SELECT user_id, -1 FROM labels
) GROUP BY ALL HAVING sum(n) <> 0
