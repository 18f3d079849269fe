-- runs: lateral
SELECT user_id, count(*) AS n, rank() OVER (ORDER BY count(*) DESC) AS place FROM turns GROUP BY user_id
