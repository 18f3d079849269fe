-- Units with more than one exposure.
SELECT count(*) AS units
FROM (FROM exposures SELECT 1 GROUP BY experiment_id, unit_id HAVING count(*) > 1)
