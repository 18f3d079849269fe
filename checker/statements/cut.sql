-- Small databases cut out of the universe: world by world the rows that were chosen, in the order of choice.
CREATE OR REPLACE TEMP TABLE $target AS
SELECT laglead_chosen.laglead_world, laglead_universe.*
FROM (
  SELECT
    unnest(CAST('[$worlds]' AS INTEGER[])) AS laglead_world,
    unnest(CAST('[$rows]' AS BIGINT[])) AS laglead_chosen_row,
    unnest(range($count)) AS laglead_place
) AS laglead_chosen
JOIN $universe AS laglead_universe ON laglead_universe.laglead_row = laglead_chosen.laglead_chosen_row
ORDER BY laglead_chosen.laglead_place
