-- runs: lateral
WITH turns AS (SELECT * FROM turns WHERE user_id IS NOT NULL), users AS (SELECT DISTINCT user_id FROM turns) SELECT user_id, count(*) AS n FROM turns JOIN users USING (user_id) GROUP BY 1
