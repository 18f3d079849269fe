-- The first row that names by a foreign key a row which is not there; NULL when there is none.
SELECT min(child.rowid)
FROM $child AS child
WHERE $known AND NOT EXISTS (FROM $parent AS parent WHERE $matches)
