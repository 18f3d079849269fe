-- runs: lateral
SELECT user_id, plan, turn_index FROM users RIGHT JOIN turns USING (user_id)
