SELECT avg(CASE WHEN risk = 'high' THEN 1 ELSE 0 END), avg((risk = 'high')::INTEGER), quantile_disc(risk, 0.5) FROM turns
