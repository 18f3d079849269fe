WITH
-- Every user turn, labelled or not, with its own label and those of the three before it, and where they stand: as far
-- back as an escalation may begin. Only user turns are left, so rows are the measure of distance.
looked_back AS (
    SELECT
        user_id,
        conversation_id,
        turn_index,
        list(coalesce(risk, 'unlabelled')) OVER up_to_here AS labels,
        list(turn_index) OVER up_to_here AS places
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND conversation_id IS NOT NULL
    WINDOW up_to_here AS (
        PARTITION BY conversation_id
        ORDER BY turn_index
        ROWS BETWEEN 3 PRECEDING AND CURRENT ROW
    )
),

-- The high turns that have a low one within reach, with how many turns back the nearest is: feeds all that is reported.
escalations AS (
    SELECT *, list_position(list_reverse(labels), 'low') - 1 AS apart
    FROM looked_back
    WHERE labels[-1] = 'high' AND list_contains(labels, 'low')
)

SELECT
    user_id,
    conversation_id,
    places[-1 - apart] AS low_turn_index,
    turn_index AS high_turn_index,
    apart AS user_turns_apart,
    labels[-1 - apart:] AS path
FROM escalations
QUALIFY turn_index = min(turn_index) OVER (PARTITION BY conversation_id)
