-- No lag: a sitting opens at an instant before which nobody spoke for half an hour; each turn joins the latest opening.
WITH said AS (
    SELECT conversation_id, created_at
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
),
openings AS (
    SELECT
        conversation_id,
        created_at AS opened_at,
        row_number() OVER (PARTITION BY conversation_id ORDER BY created_at) AS sitting_no
    FROM (SELECT DISTINCT conversation_id, created_at FROM said) AS later
    WHERE NOT EXISTS (
        SELECT 1
        FROM said AS earlier
        WHERE earlier.conversation_id = later.conversation_id
            AND earlier.created_at < later.created_at
            AND earlier.created_at >= later.created_at - INTERVAL 30 MINUTES
    )
)
SELECT
    said.conversation_id,
    sitting_no::INTEGER AS sitting_no,
    opened_at AS started_at,
    max(said.created_at) AS ended_at,
    count(*)::INTEGER AS user_turns
FROM said
ASOF JOIN openings
    ON said.conversation_id = openings.conversation_id AND said.created_at >= openings.opened_at
GROUP BY ALL
