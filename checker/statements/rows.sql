-- Rows of some parts, all of them or those with one of these hashes.
SELECT laglead_world, $forms
FROM $target
WHERE $part IN (SELECT unnest(CAST('[$parts]' AS BIGINT[]))) AND ($every OR hash($digest) IN (SELECT unnest(CAST('[$hashes]' AS UBIGINT[]))))
ORDER BY $order
LIMIT $most OFFSET $first
