$table AS (SELECT * EXCLUDE ($hidden) FROM $source AS laglead_inner WHERE laglead_inner.$column = laglead_outer.laglead_world)
