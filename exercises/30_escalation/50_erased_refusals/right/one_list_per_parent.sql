-- The alternatives of a parent as one sorted list of structs; each refused one looks for the first answered one after it.
WITH events AS (
    SELECT *
    FROM message_events
    WHERE schema_version > 1 AND conversation_id IS NOT NULL
),
replies AS (
    SELECT conversation_id, parent_message_id AS message_id, max((is_refusal IS TRUE)::INTEGER) AS refused,
        max((status = 200)::INTEGER) AS complete
    FROM events
    WHERE role = 'assistant'
    GROUP BY ALL
),
wordings AS (
    SELECT conversation_id, e.parent_message_id, e.request_id, min(e.ingest_seq) AS arrived,
        max(coalesce(refused, 0)) AS refused, max(coalesce(complete, 0)) AS complete
    FROM events AS e
    LEFT JOIN replies USING (conversation_id, message_id)
    WHERE e.role = 'user'
    GROUP BY ALL
),
listed AS (
    SELECT conversation_id, parent_message_id,
        list({'request': request_id, 'refused': refused, 'answered': complete = 1 AND refused = 0} ORDER BY arrived) AS w
    FROM wordings
    GROUP BY ALL
),
spread AS (
    SELECT *, unnest(range(1, len(w) + 1)) AS i
    FROM listed
),
found AS (
    SELECT *, list_filter(range(i + 1, len(w) + 1), lambda j: w[j].answered)[1] AS j
    FROM spread
    WHERE w[i].refused = 1 AND i < len(w)
)
SELECT conversation_id, parent_message_id, w[i].request AS refused_request_id, w[j].request AS answered_request_id,
    (j - i)::INTEGER AS tries
FROM found
