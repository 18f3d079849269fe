-- runs: lateral
(SELECT user_id FROM turns EXCEPT ALL SELECT user_id FROM users) UNION ALL (SELECT user_id FROM turns INTERSECT ALL SELECT user_id FROM labels)
