WITH b AS (SELECT turn_index, role, lag(role) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS p FROM turns)
SELECT turn_index FROM b WHERE role <> p
