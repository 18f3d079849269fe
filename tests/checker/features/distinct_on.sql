-- runs: lateral
SELECT DISTINCT ON (user_id) user_id, turn_index FROM turns ORDER BY user_id, turn_index DESC
