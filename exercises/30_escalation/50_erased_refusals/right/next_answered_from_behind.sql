-- Walks the alternatives backwards, carrying the last answered wording that was met.
WITH m AS (
    SELECT message_id, any_value(conversation_id) AS c, any_value(parent_message_id) AS p, any_value(role) AS role,
        any_value(request_id) AS q, min(ingest_seq) AS seq, count_if(is_refusal) AS refusals, count_if(status = 200) AS good
    FROM message_events
    WHERE conversation_id IS NOT NULL AND schema_version IN (2, 3, 4)
    GROUP BY message_id
),
w AS (
    SELECT asked.c, asked.p, asked.q, min(asked.seq) AS seq, coalesce(sum(answer.refusals), 0) > 0 AS refused,
        coalesce(sum(answer.refusals), 0) = 0 AND coalesce(sum(answer.good), 0) > 0 AS answered
    FROM m AS asked
    LEFT JOIN m AS answer ON answer.role = 'assistant' AND answer.p = asked.message_id AND answer.c = asked.c
    WHERE asked.role = 'user'
    GROUP BY asked.c, asked.p, asked.q
),
carried AS (
    SELECT *, count(*) OVER backwards AS from_the_end,
        last_value(CASE WHEN answered THEN {'q': q, 'seq': seq} END IGNORE NULLS) OVER (
            PARTITION BY c, p ORDER BY seq DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS next_one
    FROM w
    WINDOW backwards AS (PARTITION BY c, p ORDER BY seq DESC)
)
SELECT r.c AS conversation_id, r.p AS parent_message_id, r.q AS refused_request_id, r.next_one.q AS answered_request_id,
    (r.from_the_end - a.from_the_end)::INTEGER AS tries
FROM carried AS r
LEFT JOIN carried AS a ON a.c = r.c AND a.p IS NOT DISTINCT FROM r.p AND a.seq = r.next_one.seq
WHERE r.refused AND r.from_the_end > 1
