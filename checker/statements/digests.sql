-- One line per part of the answer: how many rows, and two sums over them that do not depend on order.
SELECT part, count(*), CAST(sum(CAST(row_hash AS HUGEINT)) AS VARCHAR), CAST(bit_xor(hash(row_hash, 42)) AS VARCHAR)
FROM (
  SELECT $part AS part, hash($digest) AS row_hash FROM $target
)
GROUP BY part
ORDER BY part
