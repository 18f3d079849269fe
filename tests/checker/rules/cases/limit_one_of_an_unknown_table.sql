SELECT version FROM schema_version LIMIT 1
