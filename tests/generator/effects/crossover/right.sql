-- Units with exposures to more than one arm of an experiment.
SELECT count(*) AS units
FROM (FROM exposures SELECT 1 GROUP BY experiment_id, unit_id HAVING count(DISTINCT arm) > 1)
