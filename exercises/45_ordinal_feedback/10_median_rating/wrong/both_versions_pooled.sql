-- mistake: answers of scale version 2, coded the other way round, are pooled in
WITH readings AS (
    SELECT try_cast(value AS DOUBLE) AS level
    FROM feedback
    WHERE instrument = 'likert5'
),

answers AS (
    SELECT level::INTEGER AS level
    FROM readings
    WHERE level IN (1, 2, 3, 4, 5)
),

middle AS (
    SELECT quantile_disc(level, 0.5) AS level
    FROM answers
)

SELECT
    levels.level::INTEGER AS level,
    count(answers.level)::INTEGER AS n,
    levels.level = any_value(middle.level) AS is_median
FROM range(1, 6) AS levels(level)
CROSS JOIN middle
LEFT JOIN answers ON answers.level = levels.level
GROUP BY levels.level
