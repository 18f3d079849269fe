-- The rows that a search for the smallest example may choose from, each with its place in its table.
CREATE OR REPLACE TEMP TABLE $target AS
SELECT laglead_origin.rowid AS laglead_row, laglead_origin.*
FROM $source AS laglead_origin
WHERE laglead_origin.rowid IN (SELECT unnest(CAST('[$rows]' AS BIGINT[])))
