WITH numbered AS (
    SELECT *, row_number() OVER (PARTITION BY user_id, created_at ORDER BY message_id) AS nth FROM turns
), one AS (SELECT * FROM numbered WHERE nth = 1)
SELECT *, lag(role) OVER (PARTITION BY user_id ORDER BY created_at) AS before FROM one
