CREATE OR REPLACE TEMP TABLE laglead_entities AS
SELECT unnest(CAST([$values] AS VARCHAR[])) AS value, unnest(CAST('[$worlds]' AS BIGINT[])) AS laglead_world
