-- From the four landing tables to message_events: one typed schema, one row per delivery, nothing repaired.
-- Each API generation is unified in a step of its own; what a generation did not log is NULL.
WITH
-- v1: one text, whole seconds, no tree, no claims. 'human' and 'gpt' were renamed later; counts are text, with
-- commas or empty; an empty text is an empty list of blocks, and a function call is a block of its own.
v1 AS (
    SELECT
        1::SMALLINT AS schema_version, event_id, ingested_at, ingest_seq, status, error_type,
        CASE WHEN role = 'gpt' THEN metadata.is_refusal END AS is_refusal,
        region, surface, client_version, conversation_id, message_id, NULL::VARCHAR AS parent_message_id, content_hash, user_ref,
        CASE role WHEN 'human' THEN 'user' WHEN 'gpt' THEN 'assistant' ELSE role END AS role,
        make_timestamp(created_at * 1000000) AT TIME ZONE 'UTC' AS created_at,
        make_timestamp(completed_at * 1000000) AT TIME ZONE 'UTC' AS completed_at,
        CASE
            WHEN content IS NULL AND function_call IS NULL THEN NULL
            ELSE
                CASE
                    WHEN content IS NULL OR content = '' THEN []
                    ELSE [struct_pack(
                        "type" := if(role = 'tool', 'tool_result', 'text'), "text" := content, tool_name := NULL::VARCHAR,
                        tool_use_id := NULL::VARCHAR, is_error := NULL::BOOLEAN, arguments := NULL::VARCHAR)]
                END
                || CASE
                    WHEN function_call IS NULL THEN []
                    ELSE [struct_pack(
                        "type" := 'tool_use', "text" := NULL::VARCHAR, tool_name := function_call.name,
                        tool_use_id := NULL::VARCHAR, is_error := NULL::BOOLEAN, arguments := function_call.arguments)]
                END
        END AS content,
        NULL AS claims, NULL AS source_facts, struct_pack(
            topic := metadata.topic, dialogue_act := metadata.dialogue_act, "language" := metadata.language,
            system_prompt_version := metadata.system_prompt_version) AS metadata,
        model, finish_reason AS stop_reason,
        CASE WHEN usage IS NOT NULL THEN struct_pack(
            input_tokens := replace(nullif(usage.prompt_tokens, ''), ',', '')::BIGINT,
            output_tokens := replace(nullif(usage.completion_tokens, ''), ',', '')::BIGINT,
            cache_read_input_tokens := NULL::BIGINT, cache_creation_input_tokens := NULL::BIGINT)
        END AS usage,
        request_id, attempt, stream, ttft_ms, NULL::VARCHAR AS service_tier, redacted, deleted_at
    FROM raw_v1
),

-- v2: text blocks and, beside them, tool calls; seconds with a fraction, rounded to the microsecond they came from.
v2 AS (
    SELECT
        2::SMALLINT AS schema_version, event_id, ingested_at, ingest_seq, status, error_type,
        CASE WHEN role = 'assistant' THEN metadata.is_refusal END AS is_refusal,
        region, surface, client_version, conversation_id, message_id, parent_message_id, content_hash, user_ref,
        role,
        make_timestamp(round(created_at * 1000000)::BIGINT) AT TIME ZONE 'UTC' AS created_at,
        make_timestamp(round(completed_at * 1000000)::BIGINT) AT TIME ZONE 'UTC' AS completed_at,
        list_transform(content, lambda block: struct_pack(
            "type" := if(role = 'tool', 'tool_result', block.type), "text" := block.text, tool_name := NULL::VARCHAR,
            tool_use_id := tool_call_id, is_error := NULL::BOOLEAN, arguments := NULL::VARCHAR))
        || CASE
            WHEN tool_calls IS NULL THEN []
            ELSE list_transform(tool_calls, lambda call: struct_pack(
                "type" := 'tool_use', "text" := NULL::VARCHAR, tool_name := call.name,
                tool_use_id := call.id, is_error := NULL::BOOLEAN, arguments := call.arguments))
        END AS content,
        claims, source_facts, struct_pack(
            topic := metadata.topic, dialogue_act := metadata.dialogue_act, "language" := metadata.language,
            system_prompt_version := metadata.system_prompt_version) AS metadata,
        model, finish_reason AS stop_reason,
        CASE WHEN usage IS NOT NULL THEN struct_pack(
            input_tokens := usage.prompt_tokens, output_tokens := usage.completion_tokens,
            cache_read_input_tokens := NULL::BIGINT, cache_creation_input_tokens := NULL::BIGINT)
        END AS usage,
        request_id, attempt, stream, ttft_ms, NULL::VARCHAR AS service_tier, redacted, deleted_at
    FROM raw_v2
),

-- v3: the schema that message_events grew out of. A refusal is a stop reason, unknown where that is missing.
v3 AS (
    SELECT
        3::SMALLINT AS schema_version, event_id, ingested_at, ingest_seq, status, error_type,
        CASE WHEN role = 'assistant' THEN stop_reason = 'refusal' END AS is_refusal,
        region, surface, client_version, conversation_id, message_id, parent_message_id, content_hash, user_ref,
        role, created_at, completed_at, content, claims, source_facts, metadata, model, stop_reason, usage,
        request_id, attempt, stream, ttft_ms, service_tier, redacted, deleted_at
    FROM raw_v3
),

-- v4: ISO texts with the client's offset; a refusal has a field of its own; cached tokens stay inside the input.
v4 AS (
    SELECT
        4::SMALLINT AS schema_version, event_id, ingested_at, ingest_seq, status, error_type,
        CASE WHEN role = 'assistant' THEN refusal IS NOT NULL END AS is_refusal,
        region, surface, client_version, conversation_id, message_id, parent_message_id, content_hash, user_ref,
        role, created_at::TIMESTAMPTZ AS created_at, completed_at::TIMESTAMPTZ AS completed_at,
        content, claims, source_facts, metadata, model, stop_reason,
        CASE WHEN usage IS NOT NULL THEN struct_pack(
            input_tokens := usage.input_tokens, output_tokens := usage.output_tokens,
            cache_read_input_tokens := usage.cache_read_input_tokens,
            cache_creation_input_tokens := usage.cache_creation_input_tokens)
        END AS usage,
        request_id, attempt, stream, ttft_ms, service_tier, redacted, deleted_at
    FROM raw_v4
)

FROM (FROM v3 UNION ALL BY NAME FROM v4 UNION ALL BY NAME FROM v2 UNION ALL BY NAME FROM v1)
-- The order of a log's file means nothing; this one is the same every time.
ORDER BY ingest_seq
