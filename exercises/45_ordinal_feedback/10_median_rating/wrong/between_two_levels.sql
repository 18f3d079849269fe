-- mistake: takes the median between two levels, which nobody chose
WITH readings AS (
    SELECT try_cast(value AS DOUBLE) AS level
    FROM feedback
    WHERE instrument = 'likert5' AND scale_version = 1
),

answers AS (
    SELECT level::INTEGER AS level
    FROM readings
    WHERE level IN (1, 2, 3, 4, 5)
),

middle AS (
    SELECT median(level) AS level
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
