-- The log cut by entity: each of the entities, or each bucket of them, is a world of its own.
CREATE OR REPLACE TEMP TABLE $target AS
SELECT laglead_chosen.laglead_world, laglead_chosen.laglead_row, laglead_origin.*
FROM ($chosen) AS laglead_chosen
JOIN $source AS laglead_origin ON laglead_origin.rowid = laglead_chosen.laglead_row
ORDER BY laglead_chosen.laglead_world, laglead_chosen.laglead_row
