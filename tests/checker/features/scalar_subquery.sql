-- runs: lateral
SELECT user_id, (SELECT count(*) FROM turns AS t WHERE t.user_id IS NOT DISTINCT FROM u.user_id) AS n FROM users AS u
