-- One sorted list of dates per user, cut where a date does not follow the one before.
WITH ranked AS (
    SELECT user_id, max({'from': valid_from, 'ref': -rank_of_ref, 'zone': timezone}).zone AS zone
    FROM (SELECT *, dense_rank() OVER (ORDER BY user_ref) AS rank_of_ref FROM users)
    WHERE timezone IS NOT NULL
    GROUP BY user_id
),
listed AS (
    SELECT t.user_id, list_sort(list(DISTINCT (t.created_at AT TIME ZONE ifnull(r.zone, 'UTC'))::DATE)) AS days
    FROM turns AS t
    LEFT JOIN ranked AS r ON r.user_id = t.user_id
    WHERE t.role = 'user' AND t.user_id IS NOT NULL AND t.created_at IS NOT NULL
    GROUP BY t.user_id
),
opened AS (
    SELECT user_id, days, list_filter(range(1, len(days) + 1), lambda i: i = 1 OR days[i] - days[i - 1] > 1) AS firsts
    FROM listed
),
cut AS (
    SELECT user_id, days, firsts, unnest(range(1, len(firsts) + 1)) AS n
    FROM opened
)
SELECT user_id, n::INTEGER AS streak_no, days[firsts[n]] AS first_day,
    days[coalesce(firsts[n + 1] - 1, len(days))] AS last_day,
    (coalesce(firsts[n + 1], len(days) + 1) - firsts[n])::INTEGER AS n_days
FROM cut
