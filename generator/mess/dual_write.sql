-- Conversations of v2 that begin in the middle week of the log.
SELECT count(*)
FROM conversations
SEMI JOIN raw_v2 USING (conversation_id)
CROSS JOIN log_window
WHERE started_at >= starts_at + to_days(date_diff('day', starts_at, ends_at) // 14 * 7)
    AND started_at < starts_at + to_days(date_diff('day', starts_at, ends_at) // 14 * 7 + 7)
