-- The states of each conversation in one list, with the end at its end; neighbours in the list are transitions.
WITH sequences AS (
    SELECT list(coalesce(risk, 'unlabelled') ORDER BY turn_index) || ['end'] AS states
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
    GROUP BY conversation_id
),
steps AS (
    SELECT unnest(list_zip(states[:-2], states[2:])) AS step
    FROM sequences
),
counted AS (
    SELECT step[1] AS from_risk, step[2] AS to_risk, count(*) AS n
    FROM steps
    GROUP BY ALL
),
filled AS (
    SELECT f.state AS from_risk, t.state AS to_risk, coalesce(n, 0) AS n
    FROM unnest(['low', 'medium', 'high', 'unlabelled']) AS f (state)
    CROSS JOIN unnest(['low', 'medium', 'high', 'unlabelled', 'end']) AS t (state)
    LEFT JOIN counted ON counted.from_risk = f.state AND counted.to_risk = t.state
)
SELECT from_risk, to_risk, n::INTEGER AS n_transitions,
    n / nullif(sum(n) OVER (PARTITION BY from_risk), 0) AS share
FROM filled
