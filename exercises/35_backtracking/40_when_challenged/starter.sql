-- All claims of answers per key, and those in conversations with a challenge. Before it or after it?
SELECT
    key,
    count(*) FILTER (WHERE was_challenged)::INTEGER AS challenged,
    0::INTEGER AS challenged_flips,
    NULL::DOUBLE AS challenged_share,
    count(*) FILTER (WHERE NOT was_challenged)::INTEGER AS unchallenged,
    0::INTEGER AS unchallenged_flips,
    NULL::DOUBLE AS unchallenged_share
FROM (
    SELECT
        unnest(claims, recursive := true),
        conversation_id IN (SELECT conversation_id FROM turns WHERE dialogue_act = 'challenge') AS was_challenged
    FROM turns
    WHERE role = 'assistant' AND conversation_id IS NOT NULL
) AS claims_made
WHERE key IS NOT NULL
GROUP BY key
