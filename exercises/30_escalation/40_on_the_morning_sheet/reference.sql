WITH
-- The user turns, each with the first 06:00 UTC after it; NULL where the clock is missing. What is joined on the
-- conversation below leaves out turns that have lost it.
asked AS (
    SELECT
        message_id,
        conversation_id,
        turn_index,
        date_trunc('day', created_at - INTERVAL 6 HOURS) + INTERVAL 30 HOURS AS sheet_at
    FROM turns
    WHERE role = 'user'
),

-- The moments that matter, per conversation: what was known is asked anew for each of them.
sheets AS (
    SELECT DISTINCT conversation_id, sheet_at
    FROM asked
),

-- Every label of a message that could be read on a sheet, of every user turn of the conversation.
readable AS (
    SELECT
        sheets.conversation_id,
        sheets.sheet_at,
        asked.turn_index,
        safety_labels.label_id,
        safety_labels.supersedes_id,
        safety_labels.available_at,
        safety_labels.risk
    FROM sheets
    JOIN asked ON asked.conversation_id = sheets.conversation_id
    JOIN safety_labels ON safety_labels.message_id = asked.message_id
    WHERE safety_labels.available_at <= sheets.sheet_at
),

-- The label in force: one row per sheet and turn. Only what was readable then can supersede.
in_force AS (
    SELECT conversation_id, sheet_at, turn_index, risk
    FROM readable
    WHERE
        NOT EXISTS (
            SELECT 1
            FROM readable AS newer
            WHERE newer.sheet_at = readable.sheet_at AND newer.supersedes_id = readable.label_id
        )
    QUALIFY row_number() OVER (
        PARTITION BY conversation_id, sheet_at, turn_index
        ORDER BY available_at DESC, label_id
    ) = 1
)

SELECT
    asked.sheet_at,
    asked.conversation_id,
    max(low.turn_index) AS low_turn_index,
    asked.turn_index AS high_turn_index
FROM asked
JOIN in_force AS high
    ON high.conversation_id = asked.conversation_id
    AND high.sheet_at = asked.sheet_at
    AND high.turn_index = asked.turn_index
    AND high.risk = 3
JOIN in_force AS low
    ON low.conversation_id = asked.conversation_id
    AND low.sheet_at = asked.sheet_at
    AND low.turn_index < asked.turn_index
    AND low.risk <= 1
GROUP BY asked.sheet_at, asked.conversation_id, asked.turn_index
