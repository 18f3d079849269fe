WITH
-- What counts as being there, each turn with the user's turn before it in any conversation: feeds the silences.
activity AS (
    SELECT
        user_id,
        conversation_id,
        message_id,
        created_at,
        lag(created_at) OVER (PARTITION BY user_id ORDER BY created_at, message_id) AS previous_at
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND created_at IS NOT NULL
),

-- A turn opens a session unless at most 30 minutes passed; the openings so far are the session's number.
numbered AS (
    SELECT
        user_id,
        conversation_id,
        created_at,
        sum(CASE WHEN created_at - previous_at <= INTERVAL 30 MINUTES THEN 0 ELSE 1 END) OVER (
            PARTITION BY user_id
            ORDER BY created_at, message_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS session_no
    FROM activity
),

-- One row per session. Conversations are counted here and nowhere earlier; an unknown one is not counted.
sessions AS (
    SELECT
        user_id,
        session_no,
        min(created_at) AS started_at,
        max(created_at) AS ended_at,
        count(*) AS n_user_turns,
        count(DISTINCT conversation_id) AS n_conversations
    FROM numbered
    GROUP BY user_id, session_no
)

SELECT
    user_id,
    session_no::INTEGER AS session_no,
    started_at,
    ended_at,
    n_user_turns::INTEGER AS n_user_turns,
    n_conversations::INTEGER AS n_conversations,
    epoch(started_at - lag(ended_at) OVER (PARTITION BY user_id ORDER BY session_no)) / 60 AS minutes_since_previous
FROM sessions
