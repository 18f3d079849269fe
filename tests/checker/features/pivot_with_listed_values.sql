-- runs: lateral
PIVOT (SELECT user_id, turn_index FROM turns) ON turn_index IN (1, 2) USING count(*) GROUP BY user_id
