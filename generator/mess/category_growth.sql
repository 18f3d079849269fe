-- Scores of the new category by the first version of the classifier.
SELECT count(*)
FROM classifier_scores
CROSS JOIN log_window
WHERE category = 'cyber'
    AND (epoch_us(scored_at) - epoch_us(starts_at)) * 100 < 58 * (epoch_us(ends_at) - epoch_us(starts_at))
