-- runs: lateral
SELECT user_id, count(*) FILTER (WHERE seconds > 1) AS n, count(*) FILTER (seconds IS NULL) AS m FROM turns GROUP BY user_id
