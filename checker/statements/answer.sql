CREATE OR REPLACE TEMP TABLE $target AS
SELECT CAST(0 AS INTEGER) AS laglead_world, z.* FROM (
$query
) AS z($columns)
