CREATE OR REPLACE TEMP TABLE laglead_shown AS
SELECT * FROM (
$query
) AS z($columns)
LIMIT $most
