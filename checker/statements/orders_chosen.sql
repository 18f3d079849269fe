-- Some worlds of every block, numbered.
CREATE TEMP TABLE chosen AS
SELECT world, pair, block, CAST(row_number() OVER (ORDER BY world) - 1 AS INTEGER) AS number
FROM source.worlds.world_list
WHERE permutation = 0
QUALIFY row_number() OVER (PARTITION BY block ORDER BY hash(pair)) <= $most
