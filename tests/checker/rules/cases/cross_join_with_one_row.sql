WITH parameters AS (SELECT 30 AS minutes), last AS (SELECT max(created_at) AS at FROM turns)
SELECT u.user_ref, minutes, at, ends_at FROM users AS u, parameters, last, log_window WHERE u.plan = 'free'
