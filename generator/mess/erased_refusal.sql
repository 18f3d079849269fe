-- Answers to the high-risk question of an attack.
SELECT count(*)
FROM ledger
JOIN message_events AS answer ON answer.parent_message_id = ledger.id
WHERE ledger.kind = 'attack' AND answer.status = 200 AND answer.stop_reason NOT IN ('refusal', 'content_filter')
