-- One sorted list of turns per user; sessions are cut out of the list by the places of their first turns.
WITH listed AS (
    SELECT user_id, list({'us': epoch_us(created_at), 'c': conversation_id} ORDER BY created_at, message_id) AS said
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND created_at IS NOT NULL
    GROUP BY user_id
),
opened AS (
    SELECT user_id, said,
        list_filter(range(1, len(said) + 1), lambda i: i = 1 OR said[i].us - said[i - 1].us > 1800000000) AS firsts
    FROM listed
),
cut AS (
    SELECT user_id, said, firsts, unnest(range(1, len(firsts) + 1)) AS n
    FROM opened
),
sessions AS (
    SELECT user_id, n, said[firsts[n]:coalesce(firsts[n + 1] - 1, len(said))] AS part, said[firsts[n] - 1] AS before
    FROM cut
)
SELECT
    user_id,
    n::INTEGER AS session_no,
    make_timestamptz(part[1].us) AS started_at,
    make_timestamptz(part[-1].us) AS ended_at,
    len(part)::INTEGER AS n_user_turns,
    len(list_distinct(list_transform(part, lambda turn: turn.c)))::INTEGER AS n_conversations,
    CASE WHEN n > 1 THEN (part[1].us - before.us) / 6e7 END AS minutes_since_previous
FROM sessions
