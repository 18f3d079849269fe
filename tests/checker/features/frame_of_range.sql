-- runs: lateral
SELECT user_id, turn_index, count(*) OVER (PARTITION BY user_id ORDER BY turn_index RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) AS n
FROM turns
