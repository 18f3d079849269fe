-- Retractions per key. Which of them belong to a change, and which changes have none?
SELECT
    key,
    count(*)::INTEGER AS changes,
    count(*) FILTER (WHERE act = 'retract')::INTEGER AS announced,
    count(*) FILTER (WHERE act <> 'retract')::INTEGER AS silent,
    0::DOUBLE AS silent_share
FROM (
    SELECT unnest(claims, recursive := true)
    FROM turns
    WHERE role = 'assistant' AND conversation_id IS NOT NULL
) AS claims_made
WHERE key IS NOT NULL
GROUP BY key
