-- runs: loop
SELECT user_id FROM users USING SAMPLE 100 ROWS
