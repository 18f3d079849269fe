WITH
-- One row per message: when it first arrived, and what any of its deliveries says of it.
messages AS (
    SELECT
        message_id,
        conversation_id,
        parent_message_id,
        role,
        request_id,
        min(ingest_seq) AS first_seq,
        coalesce(bool_or(is_refusal), false) AS is_refused,
        bool_or(status = 200) AS is_complete
    FROM message_events
    WHERE conversation_id IS NOT NULL AND schema_version >= 2
    GROUP BY message_id, conversation_id, parent_message_id, role, request_id
),

-- One row per wording: its messages share a request, and its answers hang below any of them.
wordings AS (
    SELECT
        asked.conversation_id,
        asked.parent_message_id,
        asked.request_id,
        min(asked.first_seq) AS first_seq,
        coalesce(bool_or(answer.is_refused), false) AS is_refused,
        coalesce(bool_or(answer.is_complete), false) AS has_answer
    FROM messages AS asked
    LEFT JOIN messages AS answer
        ON answer.parent_message_id = asked.message_id
        AND answer.conversation_id = asked.conversation_id
        AND answer.role = 'assistant'
    WHERE asked.role = 'user'
    GROUP BY asked.conversation_id, asked.parent_message_id, asked.request_id
),

-- Each wording with its place among the alternatives.
placed AS (
    SELECT
        *,
        has_answer AND NOT is_refused AS is_answered,
        row_number() OVER (PARTITION BY conversation_id, parent_message_id ORDER BY first_seq) AS place,
        count(*) OVER (PARTITION BY conversation_id, parent_message_id) AS alternatives
    FROM wordings
),

-- Each wording with the place and the request of the first answered one after it.
looked_ahead AS (
    SELECT
        *,
        min(place) FILTER (WHERE is_answered) OVER later AS answered_place,
        arg_min(request_id, place) FILTER (WHERE is_answered) OVER later AS answered_request_id
    FROM placed
    WINDOW later AS (
        PARTITION BY conversation_id, parent_message_id
        ORDER BY place
        ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    )
)

SELECT
    conversation_id,
    parent_message_id,
    request_id AS refused_request_id,
    answered_request_id,
    (answered_place - place)::INTEGER AS tries
FROM looked_ahead
WHERE is_refused AND place < alternatives
