WITH both_kinds AS (SELECT user_id, created_at FROM turns UNION ALL SELECT user_id, created_at FROM turns)
SELECT *, row_number() OVER (PARTITION BY user_id ORDER BY created_at) FROM both_kinds
