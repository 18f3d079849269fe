-- From message_events to turns: one row per message of the active path, deduplicated, users resolved.
-- Needs message_events, conversations, users, safety_labels and model_releases.
WITH RECURSIVE
-- One row per message: the delivery that came last tells the whole; a dual write is kept under its client's own version.
delivered AS (
    SELECT *
    FROM message_events
    QUALIFY row_number() OVER (
        PARTITION BY message_id
        ORDER BY schema_version, ingested_at DESC, ingest_seq DESC
    ) = 1
),

-- One row per call and role: of several attempts the last one counts.
messages AS (
    SELECT *
    FROM delivered
    QUALIFY row_number() OVER (
        PARTITION BY request_id, role
        ORDER BY attempt DESC, message_id
    ) = 1
),

-- The tree, from the leaf that the user sees up to the root. `seen` stops at a cycle; a parent that was never
-- logged stops it too.
path AS (
    SELECT conversations.conversation_id AS path_id, messages.message_id, messages.parent_message_id,
        1 AS steps_to_leaf, [messages.message_id] AS seen
    FROM conversations
    JOIN messages ON messages.message_id = conversations.current_message_id
    UNION ALL
    SELECT path.path_id, messages.message_id, messages.parent_message_id,
        path.steps_to_leaf + 1, list_append(path.seen, messages.message_id)
    FROM path
    JOIN messages ON messages.message_id = path.parent_message_id
    WHERE NOT list_contains(path.seen, messages.message_id)
),

-- v2 and later: what lies on the path. v1 has no tree: everything does, and the ids of its calls sort by time,
-- with the answer after what it answers. Rows that lost their conversation stand alone.
active AS (
    SELECT messages.*, -path.steps_to_leaf AS place, '' AS call
    FROM messages
    JOIN path ON path.message_id = messages.message_id
    UNION ALL
    SELECT messages.*, 0 AS place, messages.request_id AS call
    FROM messages
    WHERE messages.schema_version = 1
    UNION ALL
    SELECT messages.*, 0 AS place, messages.request_id AS call
    FROM messages
    WHERE messages.schema_version > 1 AND messages.conversation_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM path WHERE path.message_id = messages.message_id)
),

-- Every row numbered within its conversation; a removed conversation is gone.
numbered AS (
    SELECT
        *,
        CASE WHEN conversation_id IS NULL THEN 1 ELSE row_number() OVER in_order END AS turn_index,
        CASE
            WHEN conversation_id IS NULL THEN 1
            ELSE count(*) FILTER (WHERE role = 'user') OVER (in_order ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
        END AS exchange_index
    FROM active
    WHERE deleted_at IS NULL
    WINDOW in_order AS (
        PARTITION BY conversation_id
        ORDER BY place, call, CASE role WHEN 'system' THEN 0 WHEN 'assistant' THEN 2 ELSE 1 END, message_id
    )
),

-- The user of a conversation is who its user_ref was when it began; a lone row has only its own user_ref.
resolved AS (
    SELECT numbered.*, users.user_id, coalesce(numbered.completed_at, numbered.created_at, conversations.started_at) AS clock
    FROM numbered
    LEFT JOIN conversations USING (conversation_id)
    LEFT JOIN users
        ON users.user_ref = coalesce(conversations.user_ref, CASE WHEN numbered.conversation_id IS NULL THEN numbered.user_ref END)
        AND users.valid_from <= coalesce(conversations.started_at, numbered.ingested_at)
        AND (users.valid_to IS NULL OR users.valid_to > coalesce(conversations.started_at, numbered.ingested_at))
),

-- The label in force: the newest that nothing has replaced.
labelled AS (
    SELECT message_id, risk, source
    FROM safety_labels
    WHERE target_type = 'message'
        AND NOT EXISTS (SELECT 1 FROM safety_labels AS newer WHERE newer.supersedes_id = safety_labels.label_id)
    QUALIFY row_number() OVER (PARTITION BY message_id ORDER BY available_at DESC, label_id) = 1
),

-- An alias is the version of the release in force where and when it answered; shadow and canary releases are not.
aliases AS (
    SELECT resolved.message_id, model_releases.model_version
    FROM resolved
    JOIN model_releases
        ON model_releases.alias = resolved.model
        AND model_releases.kind IN ('launch', 'rollback')
        AND model_releases.region = coalesce(resolved.region, 'us')
        AND model_releases.valid_from <= coalesce(resolved.clock, resolved.ingested_at)
    QUALIFY row_number() OVER (
        PARTITION BY resolved.message_id
        ORDER BY model_releases.valid_from DESC, model_releases.model_version DESC
    ) = 1
)

SELECT
    resolved.conversation_id,
    resolved.turn_index::INTEGER AS turn_index,
    resolved.exchange_index::INTEGER AS exchange_index,
    resolved.message_id,
    resolved.user_id,
    resolved.role,
    list_filter(resolved.content, lambda block: block.type IN ('text', 'tool_result'))[1].text AS text,
    resolved.created_at,
    resolved.completed_at,
    resolved.metadata.topic AS topic,
    CASE WHEN resolved.role = 'user' THEN resolved.metadata.dialogue_act END AS dialogue_act,
    CASE labelled.risk WHEN 0 THEN 'low' WHEN 1 THEN 'low' WHEN 2 THEN 'medium' WHEN 3 THEN 'high' END AS risk,
    labelled.source AS risk_source,
    resolved.is_refusal,
    coalesce(aliases.model_version, resolved.model) AS model_version,
    resolved.schema_version,
    resolved.metadata.system_prompt_version AS system_prompt_version,
    resolved.surface,
    resolved.region,
    resolved.metadata.language AS language,
    resolved.status,
    -- v4 counts cached tokens inside the input.
    CASE
        WHEN resolved.schema_version = 4
            THEN resolved.usage.input_tokens
                - coalesce(resolved.usage.cache_read_input_tokens, 0)
                - coalesce(resolved.usage.cache_creation_input_tokens, 0)
        ELSE resolved.usage.input_tokens
    END AS input_tokens,
    resolved.usage.output_tokens AS output_tokens,
    (epoch_us(resolved.completed_at) - epoch_us(resolved.created_at)) // 1000 AS latency_ms,
    resolved.stop_reason,
    resolved.claims,
    resolved.source_facts
FROM resolved
LEFT JOIN labelled USING (message_id)
LEFT JOIN aliases USING (message_id)
-- The order of a log's file means nothing; this one is the same every time.
ORDER BY resolved.message_id
