-- mistake: looks for the next turn among all conversations of the user
WITH steps AS (
    SELECT coalesce(risk, 'unlabelled') AS from_risk,
        lead(coalesce(risk, 'unlabelled'), 1, 'end') OVER (PARTITION BY user_id ORDER BY created_at, message_id) AS to_risk
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
),
pairs AS (
    SELECT from_risk, to_risk
    FROM (VALUES ('low'), ('medium'), ('high'), ('unlabelled')) AS starts (from_risk)
    CROSS JOIN (VALUES ('low'), ('medium'), ('high'), ('unlabelled'), ('end')) AS goals (to_risk)
),
counted AS (
    SELECT pairs.from_risk, pairs.to_risk, count(steps.from_risk) AS n
    FROM pairs
    LEFT JOIN steps ON steps.from_risk = pairs.from_risk AND steps.to_risk = pairs.to_risk
    GROUP BY pairs.from_risk, pairs.to_risk
)
SELECT from_risk, to_risk, n::INTEGER AS n_transitions, n / nullif(sum(n) OVER (PARTITION BY from_risk), 0) AS share
FROM counted
