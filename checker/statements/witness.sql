WITH laglead_written AS (
$written
),
laglead_repaired AS (
$repaired
)
SELECT 'as written' AS laglead_side, * FROM (SELECT * FROM laglead_written EXCEPT ALL SELECT * FROM laglead_repaired)
UNION ALL
SELECT 'repaired' AS laglead_side, * FROM (SELECT * FROM laglead_repaired EXCEPT ALL SELECT * FROM laglead_written)
ORDER BY ALL
