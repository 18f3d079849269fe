SELECT 0 AS laglead_world, 0 AS laglead_row WHERE false
