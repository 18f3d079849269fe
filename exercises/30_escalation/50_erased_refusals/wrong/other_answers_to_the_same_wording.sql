-- mistake: takes a second answer to the refused wording for another wording
WITH messages AS (
    SELECT message_id, conversation_id, parent_message_id, role, request_id, min(ingest_seq) AS first_seq,
        coalesce(bool_or(is_refusal), false) AS is_refused, bool_or(status = 200) AS is_complete
    FROM message_events
    WHERE conversation_id IS NOT NULL AND schema_version >= 2 AND role = 'assistant'
    GROUP BY ALL
),
placed AS (
    SELECT *, row_number() OVER (PARTITION BY conversation_id, parent_message_id ORDER BY first_seq) AS place
    FROM messages
)
SELECT r.conversation_id, r.parent_message_id, r.request_id AS refused_request_id, a.request_id AS answered_request_id,
    (a.place - r.place)::INTEGER AS tries
FROM placed AS r
JOIN placed AS a
    ON a.conversation_id = r.conversation_id AND a.parent_message_id IS NOT DISTINCT FROM r.parent_message_id
    AND a.place > r.place
WHERE r.is_refused AND a.is_complete AND NOT a.is_refused
QUALIFY row_number() OVER (PARTITION BY r.message_id ORDER BY a.place) = 1
