WITH
-- Every user turn with its number and what it may have been: feeds both bounds.
user_turns AS (
    SELECT
        conversation_id,
        risk,
        coalesce(risk, 'low') = 'low' AS may_be_low,
        coalesce(risk, 'high') = 'high' AS may_be_high,
        row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index) AS user_turn
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND conversation_id IS NOT NULL
),

-- Each user turn with what lies among the three before it: one certain low turn, one possible one.
looked_back AS (
    SELECT
        conversation_id,
        risk = 'high' AND bool_or(risk = 'low') OVER three_before AS escalates,
        may_be_high AND bool_or(may_be_low) OVER three_before AS may_escalate
    FROM user_turns
    WINDOW three_before AS (
        PARTITION BY conversation_id
        ORDER BY user_turn
        ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING
    )
)

SELECT
    count(DISTINCT conversation_id) FILTER (WHERE escalates)::INTEGER AS at_least,
    count(DISTINCT conversation_id) FILTER (WHERE may_escalate)::INTEGER AS at_most
FROM looked_back
