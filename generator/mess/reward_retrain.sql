-- Scores by the retrained reward model.
SELECT count(*)
FROM classifier_scores
CROSS JOIN log_window
WHERE classifier = 'reward'
    AND (epoch_us(scored_at) - epoch_us(starts_at)) * 100 >= 58 * (epoch_us(ends_at) - epoch_us(starts_at))
