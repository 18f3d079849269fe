WITH
-- The user turns that have a place in their user's time.
placed AS (
    SELECT user_id, conversation_id, turn_index, risk, created_at
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND conversation_id IS NOT NULL AND created_at IS NOT NULL
),

-- Each turn with what lies in the 24 hours before it: low turns of the user, and low turns of its own conversation.
looked_back AS (
    SELECT
        *,
        max(created_at) FILTER (WHERE risk = 'low') OVER of_the_user AS last_low_at,
        count(DISTINCT conversation_id) FILTER (WHERE risk = 'low') OVER of_the_user AS low_conversations,
        count(*) FILTER (WHERE risk = 'low') OVER of_the_conversation AS own_lows
    FROM placed
    WINDOW
        of_the_user AS (
            PARTITION BY user_id
            ORDER BY created_at
            RANGE BETWEEN INTERVAL 24 HOURS PRECEDING AND INTERVAL 1 MICROSECOND PRECEDING
        ),
        of_the_conversation AS (
            PARTITION BY user_id, conversation_id
            ORDER BY created_at
            RANGE BETWEEN INTERVAL 24 HOURS PRECEDING AND INTERVAL 1 MICROSECOND PRECEDING
        )
)

SELECT
    user_id,
    conversation_id,
    turn_index,
    created_at AS high_at,
    last_low_at,
    low_conversations::INTEGER AS low_conversations
FROM looked_back
WHERE risk = 'high' AND last_low_at IS NOT NULL AND own_lows = 0
QUALIFY row_number() OVER (PARTITION BY conversation_id ORDER BY created_at, turn_index) = 1
