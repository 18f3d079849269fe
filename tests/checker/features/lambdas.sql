-- runs: lateral
SELECT conversation_id, list_transform(list_sort(list(turn_index)), lambda x: x * 2) AS l, list_filter(list_sort(list(turn_index)), lambda x: x > 1) AS f
FROM turns GROUP BY 1
