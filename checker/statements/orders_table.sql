-- The rows of every chosen world, once in each order.
CREATE TABLE built.worlds.$table AS
SELECT CAST(number * $orders + place AS INTEGER) AS world, stored.* EXCLUDE (world)
FROM source.worlds.$table AS stored
JOIN chosen USING (world)
CROSS JOIN range($orders) AS orders(place)
ORDER BY 1, hash(stored.rowid, place)
