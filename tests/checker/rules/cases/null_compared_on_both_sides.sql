-- expect: NUL001 3:36
-- expect: NUL001 3:51
SELECT message_id FROM turns WHERE NULL = risk OR lower(risk) <> NULL
