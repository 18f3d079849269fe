-- A window measured in time: an instant opens a session when the half hour before it holds nothing else.
WITH instants AS (
    SELECT user_id, created_at, count(*) AS spoken, list(conversation_id) AS conversations
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND created_at IS NOT NULL
    GROUP BY user_id, created_at
),
marked AS (
    SELECT *,
        lag(created_at) OVER (PARTITION BY user_id ORDER BY created_at) AS before_at,
        count(*) OVER (
            PARTITION BY user_id ORDER BY created_at
            RANGE BETWEEN INTERVAL 30 MINUTES PRECEDING AND CURRENT ROW
        ) = 1 AS opens
    FROM instants
),
numbered AS (
    SELECT *, count(*) FILTER (WHERE opens) OVER (PARTITION BY user_id ORDER BY created_at) AS session_no
    FROM marked
)
SELECT user_id, CAST(session_no AS INTEGER) AS session_no, min(created_at) AS started_at, max(created_at) AS ended_at,
    CAST(sum(spoken) AS INTEGER) AS n_user_turns,
    CAST(len(list_distinct(flatten(list(conversations)))) AS INTEGER) AS n_conversations,
    any_value(epoch(created_at) - epoch(before_at)) FILTER (WHERE opens) / 60.0 AS minutes_since_previous
FROM numbered
GROUP BY user_id, session_no
