SELECT laglead_child.rowid, laglead_parent.rowid
FROM $child AS laglead_child, $parent AS laglead_parent
WHERE laglead_child.rowid IN (SELECT unnest(CAST('[$children]' AS BIGINT[])))
  AND laglead_parent.rowid IN (SELECT unnest(CAST('[$parents]' AS BIGINT[])))
  AND $matches
