-- mistake: assistant, tool and system rows are states too, so the next turn is mostly the model's
WITH steps AS (
    SELECT coalesce(risk, 'unlabelled') AS from_risk,
        lead(coalesce(risk, 'unlabelled'), 1, 'end') OVER (PARTITION BY conversation_id ORDER BY turn_index) AS to_risk
    FROM turns
    WHERE conversation_id IS NOT NULL
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
