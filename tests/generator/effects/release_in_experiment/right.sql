-- Arms compared within each version that the release made, from the first exposure on; addresses are not users.
WITH
exposed AS (
    SELECT unit_id AS user_ref, arg_min(arm, exposed_at) AS arm, min(exposed_at) AS since
    FROM exposures
    WHERE experiment_id = 'exp_shorter_answers'
    GROUP BY unit_id
),

answers AS (
    SELECT exposed.arm, turns.model_version, turns.output_tokens
    FROM exposed
    JOIN conversations ON conversations.user_ref = exposed.user_ref AND conversations.started_at >= exposed.since
    JOIN turns USING (conversation_id)
    JOIN experiments ON experiments.experiment_id = 'exp_shorter_answers' AND experiments.arm = exposed.arm
    WHERE turns.role = 'assistant' AND turns.output_tokens > 0 AND NOT starts_with(exposed.user_ref, 'ip_')
        AND conversations.started_at < experiments.ended_at
),

means AS (SELECT model_version, arm, avg(output_tokens) AS tokens FROM answers GROUP BY ALL)

SELECT
    max(tokens) FILTER (arm = 'short' AND model_version = 'lark-mini-2025-09-18')
    / max(tokens) FILTER (arm = 'control' AND model_version = 'lark-mini-2025-09-18') - 1 AS old_version,
    max(tokens) FILTER (arm = 'short' AND model_version = 'lark-mini-2026-02-03')
    / max(tokens) FILTER (arm = 'control' AND model_version = 'lark-mini-2026-02-03') - 1 AS new_version
FROM means
