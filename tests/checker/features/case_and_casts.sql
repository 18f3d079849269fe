-- runs: lateral
SELECT CASE plan WHEN '' THEN 'empty' WHEN NULL THEN 'never' ELSE coalesce(plan, 'none') END AS p, try_cast(plan AS INTEGER) AS n FROM users
