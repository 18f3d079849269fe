-- runs: lateral
WITH t AS MATERIALIZED (SELECT user_id, count(*) AS n FROM turns GROUP BY 1) SELECT a.user_id, b.n FROM t AS a JOIN t AS b ON a.n >= b.n
