-- runs: lateral
SELECT user_id FROM (SELECT user_id, rank() OVER (ORDER BY turn_index) AS place FROM turns) WHERE place <= 2
