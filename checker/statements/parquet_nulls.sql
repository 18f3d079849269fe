-- Each column, and whether one of its values is NULL: true also where a file lacks it, NULL where nobody counted.
WITH stored AS (
    SELECT path_in_schema, stats_null_count, file_name, row_group_id FROM parquet_metadata(?)
),
whole AS (
    SELECT count(DISTINCT (file_name, row_group_id)) AS row_groups FROM stored
)
SELECT
    path_in_schema,
    CASE
        WHEN bool_or(stats_null_count > 0) OR count(*) < any_value(row_groups) THEN true
        WHEN bool_and(stats_null_count IS NOT NULL) THEN false
    END AS holds_null
FROM stored CROSS JOIN whole
GROUP BY path_in_schema
