-- runs: lateral
SELECT user_id, name, value FROM (SELECT user_id, plan, upper(plan) AS loud FROM users) UNPIVOT (value FOR name IN (plan, loud))
