WITH
-- Every user turn in its place, with the last time known before it: feeds the silences, which untimed turns have not.
placed AS (
    SELECT
        conversation_id,
        turn_index,
        created_at,
        last_value(created_at IGNORE NULLS) OVER (
            PARTITION BY conversation_id
            ORDER BY turn_index
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS known_before
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
),

-- A turn cuts where the silence before it is known and too long; one more than the cuts so far is the sitting.
numbered AS (
    SELECT
        conversation_id,
        created_at,
        1 + sum(CASE WHEN created_at - known_before > INTERVAL 30 MINUTES THEN 1 ELSE 0 END) OVER (
            PARTITION BY conversation_id ORDER BY turn_index
        ) AS sitting_no
    FROM placed
)

SELECT
    conversation_id,
    sitting_no::INTEGER AS sitting_no,
    min(created_at) AS started_at,
    max(created_at) AS ended_at,
    count(*)::INTEGER AS n_user_turns,
    (count(*) - count(created_at))::INTEGER AS n_untimed
FROM numbered
GROUP BY conversation_id, sitting_no
