INSERT INTO $target
SELECT $world, z.* FROM (
$query
) AS z($columns)
