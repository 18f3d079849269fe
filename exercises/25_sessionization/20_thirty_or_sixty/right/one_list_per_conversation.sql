-- One sorted list of times per conversation; silences are differences of neighbours in it.
WITH listed AS (
    SELECT list_sort(list(epoch_us(created_at))) AS times
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
    GROUP BY conversation_id
),
measured AS (
    SELECT list_transform(range(2, len(times) + 1), lambda i: times[i] - times[i - 1]) AS silences
    FROM listed
),
cut AS (
    SELECT limit_minutes, silences,
        len(list_filter(silences, lambda us: us > limit_minutes::BIGINT * 60000000)) AS ending
    FROM (VALUES (30), (60)) AS limits (limit_minutes)
    LEFT JOIN measured ON true
)
SELECT limit_minutes, coalesce(sum(len(silences)), 0)::INTEGER AS n_silences,
    coalesce(sum(1 + ending), 0)::INTEGER AS n_sittings,
    (count(*) FILTER (WHERE ending > 0))::INTEGER AS n_conversations_cut,
    CASE WHEN sum(len(silences)) > 0 THEN sum(ending)::DOUBLE / sum(len(silences)) END AS share_ending
FROM cut
GROUP BY limit_minutes
