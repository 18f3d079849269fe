-- runs: loop
SELECT DISTINCT turn_index FROM turns ORDER BY turn_index LIMIT (SELECT 1 + 1)
