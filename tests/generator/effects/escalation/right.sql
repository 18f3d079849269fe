-- Conversations that climb within three user turns, less those that fall: chance makes as many of both, but for
-- conversations that begin at high risk, which can only fall.
WITH
numbered AS (
    SELECT conversation_id, risk, row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index) AS nth
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
),

moved AS (
    SELECT earlier.risk AS begins, earlier.conversation_id
    FROM numbered AS earlier
    JOIN numbered AS later ON later.conversation_id = earlier.conversation_id
        AND later.nth BETWEEN earlier.nth + 1 AND earlier.nth + 3
    WHERE (earlier.risk, later.risk) IN (('low', 'high'), ('high', 'low'))
        AND NOT (earlier.nth = 1 AND earlier.risk = 'high')
)

SELECT count(DISTINCT conversation_id) FILTER (begins = 'low')
    - count(DISTINCT conversation_id) FILTER (begins = 'high') AS conversations
FROM moved
