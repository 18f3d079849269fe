CREATE TABLE built.worlds.world_list AS
SELECT
  CAST(number * $orders + place AS INTEGER) AS world,
  pair,
  block,
  CAST(place AS INTEGER) AS permutation
FROM chosen
CROSS JOIN range($orders) AS orders(place)
