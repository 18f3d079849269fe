-- Rules that hold in every world: a comment says the rule, the query finds the rows that break it.

-- a conversation has one user
SELECT 1 FROM turns WHERE conversation_id IS NOT NULL GROUP BY world, conversation_id HAVING count(DISTINCT
    coalesce(user_id, '-')) > 1;

-- turn_index counts from 1 without holes
SELECT 1 FROM turns WHERE conversation_id IS NOT NULL GROUP BY world, conversation_id HAVING min(turn_index)
    <> 1 OR max(turn_index) <> count(*);

-- a row without conversation stands alone
SELECT 1 FROM turns WHERE conversation_id IS NULL AND (turn_index, exchange_index) <> (1, 1);

-- exchange_index counts user messages
SELECT 1 FROM (SELECT *, count(*) FILTER (role = 'user') OVER (PARTITION BY world, conversation_id ORDER BY
    turn_index) AS n FROM turns WHERE conversation_id IS NOT NULL) WHERE exchange_index <> n;

-- a v1 user row has no clock
SELECT 1 FROM turns WHERE role = 'user' AND schema_version = 1 AND created_at IS NOT NULL;

-- a user row has no answer columns
SELECT 1 FROM turns WHERE role = 'user' AND coalesce(completed_at::VARCHAR, model_version, stop_reason,
    input_tokens::VARCHAR) IS NOT NULL;

-- risk_source is NULL where risk is
SELECT 1 FROM turns WHERE (risk IS NULL) <> (risk_source IS NULL);

-- latency is the difference of the clocks
SELECT 1 FROM turns WHERE latency_ms IS DISTINCT FROM date_diff('millisecond', created_at, completed_at);

-- v1 carries no claims
SELECT 1 FROM turns WHERE schema_version = 1 AND claims IS NOT NULL;

-- ingest_seq is arrival order
SELECT 1 FROM message_events a JOIN message_events b USING (world) WHERE a.ingest_seq < b.ingest_seq AND
    a.ingested_at > b.ingested_at;

-- planned shares add up to 1
SELECT 1 FROM experiments GROUP BY world, experiment_id HAVING abs(sum(planned_share) - 1) > 1e-9;

-- an incident runs forwards
SELECT 1 FROM incidents WHERE started_at > detected_at OR detected_at > mitigated_at OR mitigated_at >
    resolved_at OR (mitigated_at IS NULL AND resolved_at IS NOT NULL);

-- a label has one target
SELECT 1 FROM safety_labels WHERE (target_type = 'message') <> (message_id IS NOT NULL) OR (target_type =
    'conversation') <> (conversation_id IS NOT NULL);

-- a label supersedes one of its target
SELECT 1 FROM safety_labels a WHERE supersedes_id IS NOT NULL AND NOT EXISTS (FROM safety_labels b WHERE
    b.world = a.world AND b.label_id = a.supersedes_id AND b.message_id IS NOT DISTINCT FROM a.message_id AND
    b.conversation_id IS NOT DISTINCT FROM a.conversation_id);

-- a label is not read before it is given
SELECT 1 FROM safety_labels WHERE available_at < labelled_at;

-- periods of a user do not overlap
SELECT 1 FROM users a JOIN users b USING (world, user_ref) WHERE a.valid_from < b.valid_from AND
    coalesce(a.valid_to, TIMESTAMPTZ '2100-01-01 00:00:00+00') > b.valid_from;

-- the log window holds every message
SELECT 1 FROM log_window l JOIN (SELECT world, created_at FROM turns UNION ALL SELECT world, created_at FROM
    message_events) m USING (world) WHERE m.created_at < starts_at OR m.created_at >= ends_at;

-- a row belongs to a listed world
SELECT 1 FROM turns ANTI JOIN world_list USING (world);
