-- One row per message of a conversation: those on the path that its user sees, in their order, then all others.
-- Of a message that was delivered more than once, the last delivery says what its blocks are.
WITH delivered AS (
    SELECT
        message_id, parent_message_id, role, created_at, content, model, is_refusal, status, deleted_at, redacted,
        ingest_seq
    FROM message_events
    WHERE conversation_id = $conversation
    QUALIFY row_number() OVER (PARTITION BY message_id ORDER BY ingest_seq DESC) = 1
),
path AS (
    SELECT * FROM turns WHERE conversation_id = $conversation
)
SELECT
    path.turn_index,
    coalesce(path.message_id, delivered.message_id) AS message_id,
    delivered.parent_message_id,
    coalesce(path.role, delivered.role) AS role,
    coalesce(path.created_at, delivered.created_at)::VARCHAR AS created_at,
    coalesce(path.text, list_aggregate(
        [block.text FOR block IN delivered.content IF block.type = 'text' AND block.text IS NOT NULL],
        'string_agg', ' '
    )) AS text,
    path.risk,
    path.risk_source,
    coalesce(path.is_refusal, delivered.is_refusal) AS is_refusal,
    coalesce(path.status, delivered.status) AS status,
    coalesce(path.model_version, delivered.model) AS model,
    path.user_id,
    [
        {'name': block.tool_name, 'arguments': block.arguments}
        FOR block IN coalesce(delivered.content, []) IF block.type = 'tool_use'
    ] AS calls,
    coalesce(list_bool_or([
        block.is_error FOR block IN coalesce(delivered.content, []) IF block.type = 'tool_result'
    ]), false) AS failed
FROM path
FULL JOIN delivered ON delivered.message_id = path.message_id
ORDER BY path.turn_index NULLS LAST, delivered.ingest_seq
