-- runs: lateral
SELECT user_id FROM users WHERE length(plan) > ANY (SELECT turn_index FROM turns) OR length(plan) <> ALL (SELECT turn_index FROM turns)
