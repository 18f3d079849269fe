-- The pairs of neighbours that occur. Which pairs are missing, and what comes after the last turn?
WITH steps AS (
    SELECT risk AS from_risk, lead(risk) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS to_risk
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
)
SELECT from_risk, to_risk, count(*)::INTEGER AS n_transitions, count(*) / sum(count(*)) OVER (PARTITION BY from_risk) AS share
FROM steps
WHERE from_risk IS NOT NULL AND to_risk IS NOT NULL
GROUP BY from_risk, to_risk
