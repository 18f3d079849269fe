-- expect: AGG001 2:8
SELECT avg(CASE risk WHEN 'low' THEN 1 WHEN 'medium' THEN 2 WHEN 'high' THEN 3 END) FROM turns
