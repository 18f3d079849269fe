-- The levels that were chosen. Which are not here, and where is the middle?
SELECT value::DOUBLE::INTEGER AS level, count(*)::INTEGER AS n, false AS is_median
FROM feedback
WHERE instrument = 'likert5' AND scale_version = 1 AND value IN ('1', '2', '3', '4', '5')
GROUP BY ALL
