-- The treated arm after the retrain against the same arm before it.
WITH
exposed AS (
    SELECT unit_id AS user_ref, arg_min(arm, exposed_at) AS arm, min(exposed_at) AS since
    FROM exposures
    WHERE experiment_id = 'exp_new_refusals'
    GROUP BY unit_id
),

answers AS (
    SELECT exposed.arm, classifier_version = 'rm-6' AS later, score
    FROM exposed
    JOIN conversations ON conversations.user_ref = exposed.user_ref AND conversations.started_at >= exposed.since
    JOIN turns USING (conversation_id)
    JOIN classifier_scores USING (message_id)
    WHERE classifier = 'reward' AND classifier_version IS NOT NULL
)

SELECT avg(score) FILTER (later) - avg(score) FILTER (NOT later) AS effect_of_treatment
FROM answers
WHERE arm = 'gentle'
