-- A window measured in time counts what lies in the day ahead; ties are ordered by the row's place in them.
WITH instants AS (
    SELECT *, count(*) OVER (
            PARTITION BY conversation_id ORDER BY created_at
            RANGE BETWEEN CURRENT ROW AND INTERVAL '86399.999999 seconds' FOLLOWING
        ) AS in_the_day,
        row_number() OVER (PARTITION BY conversation_id, created_at ORDER BY turn_index) AS place
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
),
labelled AS (
    SELECT surface,
        CASE
            WHEN epoch_us(ends_at) - epoch_us(created_at) < 86400000000 THEN 'censored'
            WHEN in_the_day > place THEN 'followed'
            ELSE 'given up'
        END AS outcome
    FROM instants, log_window
)
SELECT surface,
    (count(*) FILTER (WHERE outcome <> 'censored'))::INTEGER AS n_watched,
    (count(*) FILTER (WHERE outcome = 'given up'))::INTEGER AS n_given_up,
    (count(*) FILTER (WHERE outcome = 'censored'))::INTEGER AS n_censored,
    (count(*) FILTER (WHERE outcome = 'given up'))::DOUBLE / nullif(count(*) FILTER (WHERE outcome <> 'censored'), 0)
        AS share_given_up
FROM labelled
GROUP BY surface
