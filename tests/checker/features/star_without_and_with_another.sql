-- runs: lateral
SELECT * EXCLUDE (seconds) REPLACE (turn_index + 1 AS turn_index) FROM turns
