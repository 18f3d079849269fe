WITH
-- Per conversation the places that decide: the earliest turn that is, or could be, low and the latest that is, or
-- could be, high. Conversations of a single user turn end here.
measured AS (
    SELECT
        conversation_id,
        min(turn_index) FILTER (WHERE risk = 'low') AS first_low,
        max(turn_index) FILTER (WHERE risk = 'high') AS last_high,
        min(turn_index) FILTER (WHERE risk = 'low' OR risk IS NULL) AS first_possible_low,
        max(turn_index) FILTER (WHERE risk = 'high' OR risk IS NULL) AS last_possible_high
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
    GROUP BY conversation_id
    HAVING count(*) >= 2
),

-- One row per day: how many there are, how many escalate for certain, how many could.
counted AS (
    SELECT
        (conversations.started_at AT TIME ZONE 'UTC')::DATE AS day,
        count(*)::INTEGER AS n_conversations,
        count(*) FILTER (WHERE first_low < last_high)::INTEGER AS surely,
        count(*) FILTER (WHERE first_possible_low < last_possible_high)::INTEGER AS possibly
    FROM measured
    JOIN conversations USING (conversation_id)
    GROUP BY day
)

SELECT *, surely / n_conversations AS at_least, possibly / n_conversations AS at_most
FROM counted
