SELECT *, row_number() OVER (PARTITION BY a ORDER BY b) AS place FROM somewhere
