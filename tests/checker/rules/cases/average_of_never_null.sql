SELECT avg(coalesce(status, 0)) FROM turns
