-- Mean scores by classifier version, on messages of all risks alike.
SELECT avg(score) FILTER (classifier_version IN ('mod-2', 'tox-4'))
    / avg(score) FILTER (classifier_version IN ('mod-1', 'tox-3')) AS ratio
FROM classifier_scores
