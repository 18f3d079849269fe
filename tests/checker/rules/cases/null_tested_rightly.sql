SELECT message_id FROM turns WHERE risk IS NULL OR risk IS NOT DISTINCT FROM NULL OR nullif(risk, 'low') IS NULL
