-- runs: loop
SELECT user_id, count(rowid) AS n FROM turns GROUP BY user_id
