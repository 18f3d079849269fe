-- One list of ranks per conversation, missing ones left out; depth is read off the list.
WITH listed AS (
    SELECT user_id, conversation_id,
        list(CASE risk WHEN 'low' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END ORDER BY turn_index)
            FILTER (WHERE risk IS NOT NULL) AS levels
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND conversation_id IS NOT NULL
    GROUP BY user_id, conversation_id
)
SELECT user_id, count(*)::INTEGER AS conversations,
    coalesce(sum((len(levels) > 1)::INTEGER), 0)::INTEGER AS measured,
    avg(list_max(levels) - levels[1]) FILTER (WHERE len(levels) > 1) AS mean_depth
FROM listed
GROUP BY user_id
