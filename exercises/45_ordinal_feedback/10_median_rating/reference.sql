WITH
-- The answers as numbers: what does not read as one is no answer.
readings AS (
    SELECT try_cast(value AS DOUBLE) AS level
    FROM feedback
    WHERE instrument = 'likert5' AND scale_version = 1
),

-- Only five levels were offered: feeds both the counts and the median.
answers AS (
    SELECT level
    FROM readings
    WHERE level IN (1, 2, 3, 4, 5)
)

-- Every level has its row; the lower median is always a level that somebody chose.
SELECT
    level,
    (SELECT count(*) FROM answers WHERE answers.level = levels.level)::INTEGER AS n,
    level = (SELECT quantile_disc(level, 0.5) FROM answers) AS is_median
FROM (VALUES (1), (2), (3), (4), (5)) AS levels (level)
