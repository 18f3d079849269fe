-- Turns every label into a period: from when it can be read to when a label that supersedes it can be read.
WITH periods AS (
    SELECT l.message_id, l.label_id, l.risk, l.available_at AS since,
        (SELECT min(n.available_at) FROM safety_labels AS n WHERE n.supersedes_id = l.label_id) AS until
    FROM safety_labels AS l
    WHERE l.message_id IS NOT NULL
),
u AS (
    SELECT *,
        CASE
            WHEN created_at < date_trunc('day', created_at) + INTERVAL 6 HOURS THEN date_trunc('day', created_at) + INTERVAL 6 HOURS
            ELSE date_trunc('day', created_at) + INTERVAL 30 HOURS
        END AS sheet_at
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
),
high AS (
    SELECT u.conversation_id, u.turn_index, u.sheet_at,
        arg_max(p.risk, {'since': p.since, 'n': -r}) AS label
    FROM u
    JOIN (SELECT *, rank() OVER (ORDER BY label_id) AS r FROM periods) AS p
        ON p.message_id = u.message_id AND p.since <= u.sheet_at AND (p.until IS NULL OR p.until > u.sheet_at)
    GROUP BY ALL
    HAVING label = 3
),
before AS (
    SELECT h.conversation_id, h.turn_index AS high_turn_index, h.sheet_at, u.turn_index, p.risk,
        row_number() OVER (
            PARTITION BY h.conversation_id, h.turn_index, u.turn_index ORDER BY p.since DESC, p.label_id
        ) AS nth
    FROM high AS h
    JOIN u ON u.conversation_id = h.conversation_id AND u.turn_index < h.turn_index
    JOIN periods AS p ON p.message_id = u.message_id AND p.since <= h.sheet_at AND (p.until IS NULL OR p.until > h.sheet_at)
)
SELECT sheet_at, conversation_id, max(turn_index) AS low_turn_index, high_turn_index
FROM before
WHERE nth = 1 AND risk IN (0, 1)
GROUP BY ALL
