WITH answers AS (
    SELECT CASE try_cast(value AS DOUBLE) WHEN 1 THEN 1 WHEN 2 THEN 2 WHEN 3 THEN 3 WHEN 4 THEN 4 WHEN 5 THEN 5 END AS level
    FROM feedback
    WHERE instrument = 'likert5' AND scale_version = 1
),
sorted AS (
    SELECT coalesce(list(level ORDER BY level) FILTER (WHERE level IS NOT NULL), []) AS levels
    FROM answers
)
SELECT
    step::INTEGER AS level,
    len(list_filter(levels, lambda l: l = step))::INTEGER AS n,
    step = levels[(len(levels) + 1) // 2] AS is_median
FROM sorted, (SELECT unnest([1, 2, 3, 4, 5]) AS step)
