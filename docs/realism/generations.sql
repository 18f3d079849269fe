-- Each client generation's share of the messages of a week.
WITH weekly AS (
    SELECT date_diff('day', starts_at, coalesce(completed_at, created_at)) // 7 AS week, schema_version, count(*) AS messages
    FROM turns
    CROSS JOIN log_window
    WHERE coalesce(completed_at, created_at) BETWEEN starts_at AND ends_at
    GROUP BY ALL
)

PIVOT (SELECT week AS place, schema_version, messages / sum(messages) OVER (PARTITION BY week) AS share FROM weekly)
ON schema_version IN (1, 2, 3, 4)
USING sum(share)
ORDER BY place
