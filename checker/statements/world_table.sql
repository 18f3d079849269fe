$name AS (SELECT * EXCLUDE (world) FROM laglead.worlds.$name AS laglead_inner WHERE laglead_inner.world = laglead_outer.laglead_world)
