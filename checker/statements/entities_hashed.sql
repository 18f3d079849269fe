CREATE OR REPLACE TEMP TABLE laglead_entities AS
SELECT DISTINCT $column AS value, CAST(hash($column) % $buckets AS BIGINT) AS laglead_world
FROM $source WHERE $column IS NOT NULL AND hash($column) % $buckets < $first
