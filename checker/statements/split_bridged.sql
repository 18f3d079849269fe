SELECT DISTINCT laglead_entity.laglead_world, laglead_rows.rowid AS laglead_row
FROM $source AS laglead_rows
JOIN $bridge AS laglead_bridge ON laglead_bridge.$link = laglead_rows.$link
JOIN laglead_entities AS laglead_entity ON laglead_bridge.$column IS NOT DISTINCT FROM laglead_entity.value
