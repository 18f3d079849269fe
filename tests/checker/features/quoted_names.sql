-- runs: lateral
SELECT "t"."user_id" AS "the user", count(*) AS "n ""of"" turns" FROM "Turns" AS "t" GROUP BY 1
