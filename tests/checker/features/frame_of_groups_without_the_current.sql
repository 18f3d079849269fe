-- runs: lateral
SELECT user_id, turn_index,
  count(*) OVER (PARTITION BY user_id ORDER BY turn_index GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE GROUP) AS n
FROM turns
