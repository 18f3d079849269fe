-- No lag: the turns are numbered, and each is joined to the one whose number is one less.
WITH numbered AS (
    SELECT conversation_id, row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index) AS n,
        list_position(['low', 'medium', 'high'], risk) AS level
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
),
stepped AS (
    SELECT this.conversation_id, this.n,
        CASE
            WHEN before.n IS NULL THEN 'start'
            ELSE coalesce(
                CASE sign(this.level - before.level) WHEN 1 THEN 'up' WHEN 0 THEN 'same' WHEN -1 THEN 'down' END, 'unknown'
            )
        END AS step
    FROM numbered AS this
    LEFT JOIN numbered AS before ON before.conversation_id = this.conversation_id AND before.n = this.n - 1
)
SELECT conversation_id, max(n)::INTEGER AS user_turns, list(step ORDER BY n) AS steps
FROM stepped
GROUP BY conversation_id
