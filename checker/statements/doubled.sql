-- The last row of some key that several rows of a table have; rows in which a part of the key is NULL have none.
SELECT max(rowid)
FROM $source
WHERE $known
GROUP BY $key
HAVING count(*) > 1
LIMIT 1
