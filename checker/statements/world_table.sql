$table AS (SELECT * EXCLUDE (world) FROM laglead.worlds.$table AS laglead_inner WHERE laglead_inner.world = laglead_outer.laglead_world)
