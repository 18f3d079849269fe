-- mistake: compares with the answer that came before in the conversation, though it may be another try at the same question
WITH arrived AS (
    SELECT message_id, any_value(conversation_id) AS conversation_id, any_value(parent_message_id) AS parent_message_id,
        any_value(role) AS role, any_value(claims) AS claims, min(ingest_seq) AS seq
    FROM message_events
    GROUP BY message_id
),
asserted AS (
    SELECT message_id, conversation_id, parent_message_id, seq, claim.key AS key, claim.unit AS unit, claim.value AS value,
        coalesce(
            try_cast(replace(trim(claim.value), ',', '') AS DECIMAL(18, 6))::VARCHAR, lower(trim(claim.value))
        ) AS comparable
    FROM arrived, unnest(claims) WITH ORDINALITY AS listed (claim, place)
    WHERE role = 'assistant' AND conversation_id IS NOT NULL
        AND claim.key IS NOT NULL AND trim(claim.value) <> '' AND claim.hedged IS NOT TRUE
    QUALIFY row_number() OVER (PARTITION BY message_id, claim.key, claim.unit ORDER BY place DESC) = 1
),
beside AS (
    SELECT *, lag(message_id) OVER w AS from_message_id, lag(value) OVER w AS from_value, lag(comparable) OVER w AS was,
        lag(parent_message_id) OVER w AS parent_before, row_number() OVER w AS n
    FROM asserted
    WINDOW w AS (PARTITION BY conversation_id, key, unit ORDER BY seq)
)
SELECT from_message_id, message_id AS to_message_id, key, unit, from_value, value AS to_value, 2::INTEGER AS steps_up
FROM beside
WHERE comparable <> was
