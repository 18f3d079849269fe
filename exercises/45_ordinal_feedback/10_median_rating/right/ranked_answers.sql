WITH answers AS (
    SELECT try_cast(value AS DOUBLE) AS level
    FROM feedback
    WHERE instrument = 'likert5' AND scale_version = 1 AND try_cast(value AS DOUBLE) IN (1, 2, 3, 4, 5)
),
ranked AS (
    SELECT level, row_number() OVER (ORDER BY level) AS place, count(*) OVER () AS total FROM answers
),
counts AS (
    SELECT level, count(*) AS n FROM answers GROUP BY level
)
SELECT l.level::INTEGER AS level, coalesce(c.n, 0)::INTEGER AS n,
    l.level = (SELECT max(level) FROM ranked WHERE place = (total + 1) // 2) AS is_median
FROM generate_series(1, 5) AS l(level)
LEFT JOIN counts AS c ON c.level = l.level
