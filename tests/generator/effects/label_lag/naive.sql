-- The mean over the messages of the last two weeks.
SELECT avg(epoch(available_at - coalesce(completed_at, created_at)) / 3600) AS human_median_hours
FROM safety_labels
JOIN turns USING (message_id)
CROSS JOIN log_window
WHERE safety_labels.source = 'human' AND supersedes_id IS NULL
    AND coalesce(completed_at, created_at) >= extracted_at - INTERVAL 14 DAY
