-- The claims of every answer beside those of its parent's parent. Is that the nearest answer that said something?
WITH messages AS (
    SELECT DISTINCT message_id, parent_message_id, role, claims
    FROM message_events
)
SELECT
    earlier.message_id AS from_message_id,
    later.message_id AS to_message_id,
    later.claims[1].key AS key,
    later.claims[1].unit AS unit,
    earlier.claims[1].value AS from_value,
    later.claims[1].value AS to_value,
    2::INTEGER AS steps_up
FROM messages AS later
JOIN messages AS asked ON asked.message_id = later.parent_message_id
JOIN messages AS earlier ON earlier.message_id = asked.parent_message_id
WHERE later.claims[1].key = earlier.claims[1].key AND later.claims[1].value <> earlier.claims[1].value
