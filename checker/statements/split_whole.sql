SELECT laglead_entity.laglead_world, laglead_rows.rowid AS laglead_row
FROM $source AS laglead_rows, (SELECT DISTINCT laglead_world FROM laglead_entities) AS laglead_entity
