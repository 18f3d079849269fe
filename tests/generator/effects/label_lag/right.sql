-- The median over messages old enough for their labels to have come.
SELECT median(epoch(available_at - coalesce(completed_at, created_at)) / 3600) AS human_median_hours
FROM safety_labels
JOIN turns USING (message_id)
CROSS JOIN log_window
WHERE safety_labels.source = 'human' AND supersedes_id IS NULL
    AND coalesce(completed_at, created_at) < extracted_at - INTERVAL 42 DAY
