-- mistake: reports the last answered wording instead of the first one later on
WITH messages AS (
    SELECT message_id, conversation_id, parent_message_id, role, request_id, min(ingest_seq) AS first_seq,
        coalesce(bool_or(is_refusal), false) AS is_refused, bool_or(status = 200) AS is_complete
    FROM message_events
    WHERE conversation_id IS NOT NULL AND schema_version >= 2
    GROUP BY ALL
),
wordings AS (
    SELECT q.conversation_id, q.parent_message_id, q.request_id, min(q.first_seq) AS first_seq,
        coalesce(bool_or(a.is_refused), false) AS is_refused,
        coalesce(bool_or(a.is_complete), false) AND NOT coalesce(bool_or(a.is_refused), false) AS is_answered
    FROM messages AS q
    LEFT JOIN messages AS a
        ON a.parent_message_id = q.message_id AND a.conversation_id = q.conversation_id AND a.role = 'assistant'
    WHERE q.role = 'user'
    GROUP BY q.conversation_id, q.parent_message_id, q.request_id
),
placed AS (
    SELECT *, row_number() OVER (PARTITION BY conversation_id, parent_message_id ORDER BY first_seq) AS place
    FROM wordings
),
pairs AS (
    SELECT r.conversation_id, r.parent_message_id, r.request_id AS refused_request_id,
        CASE WHEN a.is_answered THEN a.request_id END AS answered_request_id,
        CASE WHEN a.is_answered THEN a.place - r.place END AS tries
    FROM placed AS r
    JOIN placed AS a
        ON a.conversation_id = r.conversation_id AND a.parent_message_id IS NOT DISTINCT FROM r.parent_message_id
        AND a.place > r.place
    WHERE r.is_refused
    QUALIFY row_number() OVER (PARTITION BY r.conversation_id, r.parent_message_id, r.request_id ORDER BY NOT a.is_answered, a.place DESC) = 1
)
SELECT conversation_id, parent_message_id, refused_request_id, answered_request_id, tries::INTEGER AS tries
FROM pairs
