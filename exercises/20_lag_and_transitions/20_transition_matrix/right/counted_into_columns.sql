-- One row per state with a column per goal, turned into rows afterwards.
WITH numbered AS (
    SELECT conversation_id, risk, row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index) AS n
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
),
steps AS (
    SELECT a.risk AS state, b.n IS NULL AS ends, b.risk AS following
    FROM numbered AS a
    LEFT JOIN numbered AS b ON b.conversation_id = a.conversation_id AND b.n = a.n + 1
),
wide AS (
    SELECT states.label AS from_risk, count(ends) AS total,
        count(*) FILTER (WHERE following = 'low') AS low,
        count(*) FILTER (WHERE following = 'medium') AS medium,
        count(*) FILTER (WHERE following = 'high') AS high,
        count(*) FILTER (WHERE NOT ends AND following IS NULL) AS unlabelled,
        count(*) FILTER (WHERE ends) AS "end"
    FROM (VALUES ('low', 'low'), ('medium', 'medium'), ('high', 'high'), ('unlabelled', NULL)) AS states (label, risk)
    LEFT JOIN steps ON steps.state IS NOT DISTINCT FROM states.risk
    GROUP BY states.label
)
SELECT from_risk, to_risk, n::INTEGER AS n_transitions, CASE WHEN total > 0 THEN n / total END AS share
FROM (UNPIVOT wide ON low, medium, high, unlabelled, "end" INTO NAME to_risk VALUE n)
