-- One sorted list of times per conversation; the openings are found inside the list.
WITH listed AS (
    SELECT conversation_id, list(epoch_us(created_at) ORDER BY created_at) AS times
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
    GROUP BY conversation_id
),
opened AS (
    SELECT conversation_id, times,
        list_filter(range(1, len(times) + 1), lambda i: i = 1 OR times[i] - times[i - 1] > 30 * 60 * 1000000) AS firsts
    FROM listed
),
sittings AS (
    SELECT conversation_id, times, firsts, unnest(range(1, len(firsts) + 1)) AS n
    FROM opened
),
bounded AS (
    SELECT conversation_id, times, n, firsts[n] AS first_place, coalesce(firsts[n + 1] - 1, len(times)) AS last_place
    FROM sittings
)
SELECT
    conversation_id,
    n::INTEGER AS sitting_no,
    make_timestamptz(times[first_place]) AS started_at,
    make_timestamptz(times[last_place]) AS ended_at,
    (last_place - first_place + 1)::INTEGER AS user_turns
FROM bounded
