-- runs: loop
SELECT user_id, count(*) AS n FROM main.turns GROUP BY user_id
