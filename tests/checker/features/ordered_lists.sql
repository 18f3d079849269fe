-- runs: lateral
SELECT conversation_id, list(turn_index ORDER BY turn_index DESC, user_id) AS l, string_agg(user_id, ',' ORDER BY user_id) AS t FROM turns GROUP BY 1
