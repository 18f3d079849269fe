-- One evaluation of the query for every world: each table name is shadowed by the world's rows.
$into
SELECT laglead_outer.laglead_world, z.*
FROM (SELECT unnest(CAST('[$worlds]' AS INTEGER[])) AS laglead_world) AS laglead_outer,
LATERAL (
$tables
SELECT * FROM (
$query
) AS laglead_query
) AS z($columns)
