-- runs: lateral
SELECT user_id, max(COLUMNS('.*_index')) FROM turns GROUP BY user_id
