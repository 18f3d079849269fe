CREATE TEMP TABLE $target AS
SELECT * FROM (
$query
) AS laglead_query
