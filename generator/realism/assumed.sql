-- What no source publishes: one row each, by the names of figures.toml that are marked as assumed.
WITH
-- A label's lag, over messages old enough for their labels to have come.
lag AS (
    SELECT safety_labels.source, epoch(available_at - coalesce(completed_at, created_at)) AS seconds
    FROM safety_labels
    JOIN turns USING (message_id)
    CROSS JOIN log_window
    WHERE supersedes_id IS NULL AND coalesce(completed_at, created_at) < extracted_at - INTERVAL 42 DAY
),

label AS (
    SELECT count(supersedes_id) / count(*) FILTER (supersedes_id IS NULL) AS replaced
    FROM safety_labels
    WHERE target_type = 'message'
),

numbered AS (
    SELECT conversation_id, risk, row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index) AS nth
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
),

climbed AS (
    SELECT DISTINCT later.conversation_id
    FROM numbered AS earlier
    JOIN numbered AS later ON later.conversation_id = earlier.conversation_id
        AND later.nth BETWEEN earlier.nth + 1 AND earlier.nth + 3
    WHERE earlier.risk = 'low' AND later.risk = 'high'
),

voted AS (
    SELECT count(DISTINCT feedback.message_id) / count(DISTINCT turns.message_id) AS share
    FROM turns
    LEFT JOIN feedback USING (message_id)
    WHERE turns.role = 'assistant'
)

SELECT 'voted_answer_share' AS name, share AS value FROM voted
UNION ALL SELECT 'label_lag_auto_seconds', median(seconds) FILTER (source = 'auto') FROM lag
UNION ALL SELECT 'label_lag_judge_hours', median(seconds) FILTER (source = 'judge') / 3600 FROM lag
UNION ALL SELECT 'label_lag_human_hours', median(seconds) FILTER (source = 'human') / 3600 FROM lag
UNION ALL SELECT 'label_lag_human_p95_days', quantile_cont(seconds, 0.95) FILTER (source = 'human') / 86400 FROM lag
UNION ALL SELECT 'relabelled_share', replaced FROM label
UNION ALL SELECT 'escalating_conversation_share', (SELECT count(*) FROM climbed) / count(DISTINCT conversation_id) FROM numbered
