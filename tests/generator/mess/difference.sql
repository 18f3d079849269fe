-- The ids whose rows differ between `clean` and `messy`, whatever the order; `id` is what tells a row's thing.
WITH
before AS (SELECT id, hash(row) AS value, count(*) AS copies FROM clean GROUP BY ALL),
after AS (SELECT id, hash(row) AS value, count(*) AS copies FROM messy GROUP BY ALL)

SELECT DISTINCT id
FROM before
FULL JOIN after USING (id, value)
WHERE before.copies IS DISTINCT FROM after.copies
