-- expect: NUL006 3:8
WITH filled AS (SELECT model_version, coalesce(output_tokens, 0)::DOUBLE AS tokens FROM turns)
SELECT avg(tokens) FROM filled
