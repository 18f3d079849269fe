-- How often each row occurs in some parts, rows known by the hash of their digest.
SELECT part, row_hash, count(*)
FROM (
  SELECT $part AS part, hash($digest) AS row_hash
  FROM $target
  WHERE $part IN (SELECT unnest(CAST('[$parts]' AS BIGINT[])))
)
GROUP BY part, row_hash
ORDER BY part, row_hash
LIMIT $most OFFSET $first
