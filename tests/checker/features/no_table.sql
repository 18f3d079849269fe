-- runs: lateral
SELECT i, i * i AS square FROM generate_series(1, 3) AS t(i)
