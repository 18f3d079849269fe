-- expect: LST001 3:57
WITH labels AS (SELECT list(risk ORDER BY turn_index) AS risks FROM turns)
SELECT risks[1:3] AS first_three, (risks[1:3])[1] AS a, risks[2:][0] AS b FROM labels
