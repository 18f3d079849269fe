-- One line per part of the answer: how many rows, and two sums over them that do not depend on order.
SELECT part, count(*), CAST(sum(CAST(first AS HUGEINT)) AS VARCHAR), CAST(bit_xor(second) AS VARCHAR)
FROM (
  SELECT $part AS part, hash($digest) AS first, hash($digest, 42) AS second FROM $target
)
GROUP BY part
ORDER BY part
