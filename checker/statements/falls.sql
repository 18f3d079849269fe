-- How often, by world, a row stands below where the declared sort keys would put it; ties are free.
SELECT laglead_world, count(*) FROM (
  SELECT laglead_world, place < lag(place) OVER (PARTITION BY laglead_world ORDER BY row_number) AS falls
  FROM (
    SELECT
      laglead_world,
      rowid AS row_number,
      dense_rank() OVER (PARTITION BY laglead_world ORDER BY $keys) AS place
    FROM $target
  )
) WHERE falls
GROUP BY laglead_world
ORDER BY laglead_world
