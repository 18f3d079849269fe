SELECT avg(date_diff('second', created_at, completed_at) / 60.0) AS minutes FROM turns
