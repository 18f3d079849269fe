-- runs: loop
SELECT a.user_id AS a, b.user_id AS b FROM (SELECT DISTINCT user_id FROM users ORDER BY 1) AS a POSITIONAL JOIN (SELECT DISTINCT user_id FROM labels ORDER BY 1) AS b
