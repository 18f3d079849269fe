-- expect: AGG001 3:8
WITH votes AS (SELECT try_cast(value AS DOUBLE) AS stars FROM feedback)
SELECT avg(stars) FROM votes
