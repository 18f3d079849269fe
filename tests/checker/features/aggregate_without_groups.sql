-- runs: lateral
SELECT count(*) AS n, sum(seconds) AS s, max(turn_index) AS m, count(DISTINCT user_id) AS u FROM turns
