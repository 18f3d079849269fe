-- Each user turn looks for the nearest later one; where there is none, the conversation ends.
WITH said AS (
    SELECT conversation_id, turn_index, ifnull(risk, 'unlabelled') AS state
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
),
steps AS (
    SELECT this.state AS from_risk, ifnull(following.state, 'end') AS to_risk
    FROM said AS this
    ASOF LEFT JOIN said AS following
        ON this.conversation_id = following.conversation_id AND this.turn_index < following.turn_index
),
states (state, is_end) AS (
    VALUES ('low', false), ('medium', false), ('high', false), ('unlabelled', false), ('end', true)
),
totals AS (
    SELECT from_risk, count(*) AS total FROM steps GROUP BY from_risk
)
SELECT f.state AS from_risk, t.state AS to_risk,
    (SELECT count(*) FROM steps WHERE from_risk = f.state AND to_risk = t.state)::INTEGER AS n_transitions,
    (SELECT count(*) FROM steps WHERE from_risk = f.state AND to_risk = t.state)::DOUBLE / totals.total AS share
FROM states AS f
CROSS JOIN states AS t
LEFT JOIN totals ON totals.from_risk = f.state
WHERE NOT f.is_end
