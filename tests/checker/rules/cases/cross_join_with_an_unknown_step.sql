WITH target AS (SELECT embedding FROM samples WHERE id = 1), candidates AS (SELECT id, embedding FROM samples)
SELECT candidates.id FROM candidates, target
