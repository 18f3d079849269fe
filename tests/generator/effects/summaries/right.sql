-- Omitted facts after and before the release, within sources of one length; claims that no source supports.
WITH
summaries AS (
    SELECT coalesce(completed_at, created_at) >= starts_at + (ends_at - starts_at) / 2 AS later, len(source_facts) AS facts,
        list_transform(source_facts, lambda fact: fact.key) AS stated, list_transform(claims, lambda claim: claim.key) AS said
    FROM turns
    CROSS JOIN log_window
    WHERE role = 'assistant' AND source_facts IS NOT NULL AND claims IS NOT NULL
),

judged AS (
    SELECT later, facts, len(list_filter(stated, lambda key: NOT list_contains(said, key))) AS omitted,
        len(list_filter(said, lambda key: NOT list_contains(stated, key))) AS unsupported
    FROM summaries
),

by_length AS (
    SELECT facts, sum(omitted) FILTER (later) / sum(facts) FILTER (later)
        - sum(omitted) FILTER (NOT later) / sum(facts) FILTER (NOT later) AS change
    FROM judged
    GROUP BY facts
)

SELECT (SELECT avg(change) FROM by_length) AS omission_change,
    avg(unsupported) FILTER (later) - avg(unsupported) FILTER (NOT later) AS unsupported_change
FROM judged
