-- runs: lateral
SELECT user_id, json_extract(to_json({'p': plan}), '$.p') AS p, json_object('u', user_id) AS o FROM users
