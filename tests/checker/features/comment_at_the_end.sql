-- runs: lateral
SELECT user_id FROM users -- the last line is a comment