WITH kinds AS (
    SELECT kind, count(*) AS n_incidents
    FROM incidents
    GROUP BY kind
),
ranked AS (
    SELECT
        kind,
        epoch(detected_at - started_at) / 60 AS minutes,
        row_number() OVER (PARTITION BY kind ORDER BY detected_at - started_at, incident_id) AS place,
        count(*) OVER (PARTITION BY kind) AS n
    FROM incidents
    WHERE started_at < detected_at OR started_at > detected_at
),
middle AS (
    SELECT kind, max(n) AS n, avg(minutes) AS minutes
    FROM ranked
    WHERE place IN ((n + 1) // 2, (n + 2) // 2)
    GROUP BY kind
)
SELECT
    kinds.kind,
    kinds.n_incidents::INTEGER AS n_incidents,
    coalesce(middle.n, 0)::INTEGER AS n_measured,
    middle.minutes AS median_minutes
FROM kinds
LEFT JOIN middle ON middle.kind = kinds.kind
