SELECT DISTINCT laglead_entity.laglead_world, laglead_rows.rowid AS laglead_row
FROM $source AS laglead_rows
JOIN laglead_entities AS laglead_entity ON laglead_rows.$column IS NOT DISTINCT FROM laglead_entity.value
