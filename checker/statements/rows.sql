SELECT laglead_world, $forms
FROM $target
WHERE $part IN (SELECT unnest(CAST([$parts] AS BIGINT[])))
ORDER BY $order
LIMIT $most OFFSET $first
