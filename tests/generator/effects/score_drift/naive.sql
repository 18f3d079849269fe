-- How many messages are flagged, since the cutover and before.
SELECT avg(flagged::INTEGER) FILTER (classifier_version IN ('mod-2', 'tox-4'))
    / avg(flagged::INTEGER) FILTER (classifier_version IN ('mod-1', 'tox-3')) AS ratio
FROM classifier_scores
