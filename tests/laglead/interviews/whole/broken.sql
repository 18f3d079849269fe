SELECT user_id, count(*) AS n FROM turns GROUP BY user_id
