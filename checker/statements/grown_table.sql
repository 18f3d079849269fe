-- A sample of the table's conversations, each row once for every copy: the copies are later and have names of their own.
CREATE TABLE $table AS
SELECT $columns
FROM $source, range($factor) AS copies(laglead_copy)
WHERE $sample
