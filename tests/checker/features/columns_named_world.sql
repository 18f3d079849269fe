-- runs: lateral
WITH world AS (SELECT user_id AS world, turn_index AS laglead_world FROM turns) SELECT w.world, count(*) AS laglead_outer FROM world AS w GROUP BY 1
