-- runs: lateral
SELECT u.user_id, x.n FROM users AS u, LATERAL (SELECT count(*) AS n FROM turns AS t WHERE t.user_id = u.user_id) AS x
