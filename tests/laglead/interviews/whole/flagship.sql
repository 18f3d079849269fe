WITH
-- What counts as being there, each turn with the time of the user's turn before it in any conversation: feeds the
-- silences. Which of several turns at one instant comes first is no matter: between them no time passes.
activity AS (
    SELECT
        user_id,
        conversation_id,
        created_at,
        lag(created_at) OVER (PARTITION BY user_id ORDER BY created_at) AS previous_at
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND created_at IS NOT NULL
),

-- A turn opens a session unless at most 30 minutes passed; the openings up to its instant are the session's number.
numbered AS (
    SELECT
        user_id,
        conversation_id,
        created_at,
        previous_at,
        sum(CASE WHEN created_at - previous_at <= INTERVAL 30 MINUTES THEN 0 ELSE 1 END) OVER (
            PARTITION BY user_id
            ORDER BY created_at
            RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS session_no
    FROM activity
)

-- Conversations are counted here and nowhere earlier; an unknown one is not counted. Only the turn that opens a session
-- has a long silence before it.
SELECT
    user_id,
    session_no::INTEGER AS session_no,
    min(created_at) AS started_at,
    max(created_at) AS ended_at,
    count(*)::INTEGER AS n_user_turns,
    count(DISTINCT conversation_id)::INTEGER AS n_conversations,
    epoch(max(created_at - previous_at) FILTER (WHERE created_at - previous_at > INTERVAL 30 MINUTES)) / 60
        AS minutes_since_previous
FROM numbered
GROUP BY user_id, session_no
