WITH answers AS (
    SELECT try_cast(value AS DOUBLE) AS level FROM feedback WHERE instrument = 'likert5' AND scale_version = 1
),
counted AS (
    SELECT l.level, (SELECT count(*) FROM answers AS a WHERE a.level = l.level) AS n
    FROM (VALUES (1), (2), (3), (4), (5)) AS l(level)
),
running AS (
    SELECT level, n,
        sum(n) OVER (ORDER BY level ROWS UNBOUNDED PRECEDING) AS upto,
        sum(n) OVER () AS total
    FROM counted
)
SELECT level, n::INTEGER AS n,
    CASE WHEN total > 0 THEN 2 * upto >= total AND 2 * (upto - n) < total END AS is_median
FROM running
