-- runs: lateral
SELECT s.a AS a, s.b AS b FROM (SELECT {'a': user_id, 'b': turn_index} AS s FROM turns)
