-- One evaluation of the query for every world: each table name is shadowed by the world's rows.
CREATE OR REPLACE TEMP TABLE $target AS
SELECT laglead_outer.laglead_world, z.*
FROM (
  SELECT world AS laglead_world FROM laglead.worlds.world_list WHERE world IN (SELECT unnest(CAST([$worlds] AS INTEGER[])))
) AS laglead_outer,
LATERAL (
$tables
SELECT * FROM (
$query
) AS laglead_query
) AS z($columns)
