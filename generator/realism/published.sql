-- The statistics of a log that are known of real ones: one row each, by the names of figures.toml.
WITH
conversation AS (
    SELECT conversation_id, count(DISTINCT exchange_index) AS exchanges, any_value(user_id) AS user_id
    FROM turns
    WHERE conversation_id IS NOT NULL AND role IN ('user', 'assistant')
    GROUP BY conversation_id
),

-- People: addresses that many share stand for nobody.
person AS (
    SELECT conversations.user_ref, count(*) AS conversations, sum(exchanges) AS exchanges
    FROM conversation
    JOIN conversations USING (conversation_id)
    WHERE conversations.user_ref IS NOT NULL AND NOT starts_with(conversations.user_ref, 'ip_')
    GROUP BY conversations.user_ref
),

turns_group AS (
    SELECT 'exchanges_per_conversation' AS name, avg(exchanges) AS value FROM conversation
    UNION ALL SELECT 'multi_exchange_share', avg((exchanges > 1)::INTEGER) FROM conversation
    UNION ALL SELECT 'over_ten_share', avg((exchanges > 10)::INTEGER) FROM conversation
    UNION ALL SELECT 'conversations_per_user', avg(conversations) FROM person
    UNION ALL SELECT 'exchanges_per_user', avg(exchanges) FROM person
),

-- Answers that came to their end, with counted tokens.
answer AS (
    SELECT input_tokens, output_tokens
    FROM turns
    WHERE role = 'assistant' AND stop_reason IN ('stop', 'length', 'end_turn', 'max_tokens')
        AND input_tokens > 0 AND output_tokens > 0
),

tokens_group AS (
    SELECT 'user_tokens_mean' AS name, avg(input_tokens) AS value FROM answer
    UNION ALL SELECT 'user_tokens_deviation', stddev_samp(input_tokens) FROM answer
    UNION ALL SELECT 'user_tokens_median', median(input_tokens) FROM answer
    UNION ALL SELECT 'assistant_tokens_mean', avg(output_tokens) FROM answer
    UNION ALL SELECT 'assistant_tokens_deviation', stddev_samp(output_tokens) FROM answer
    UNION ALL SELECT 'assistant_tokens_median', median(output_tokens) FROM answer
),

-- From the end of an answer to the next question of the conversation.
thought AS (
    SELECT epoch(question.created_at - answer.completed_at) AS seconds
    FROM turns AS question
    JOIN turns AS answer
        ON answer.conversation_id = question.conversation_id
        AND answer.exchange_index = question.exchange_index - 1
        AND answer.role = 'assistant'
        AND answer.stop_reason NOT IN ('tool_use', 'tool_calls', 'function_call')
    WHERE question.role = 'user' AND question.created_at > answer.completed_at
),

-- Conversations as they were begun, and the time since the one before in units of their hour's mean.
arrival AS (
    SELECT started_at AS moment, epoch(started_at - lag(started_at) OVER (ORDER BY started_at)) AS step
    FROM conversations
    WHERE current_message_id IS NOT NULL
),

paced AS (
    SELECT step / avg(step) OVER (PARTITION BY date_trunc('hour', moment AT TIME ZONE 'UTC')) AS step
    FROM arrival
),

by_hour AS (
    SELECT hour(moment AT TIME ZONE 'UTC') AS hour, count(*) AS arrivals FROM arrival GROUP BY ALL
),

time_group AS (
    SELECT 'think_seconds_p10' AS name, quantile_cont(seconds, 0.1) AS value FROM thought
    UNION ALL SELECT 'think_seconds_p50', quantile_cont(seconds, 0.5) FROM thought
    UNION ALL SELECT 'think_seconds_p90', quantile_cont(seconds, 0.9) FROM thought
    UNION ALL SELECT 'think_over_half_hour_share', avg((seconds > 1800)::INTEGER) FROM thought
    UNION ALL SELECT 'hourly_peak_to_trough', max(arrivals) / min(arrivals) FROM by_hour
    UNION ALL SELECT 'arrival_variation', stddev_samp(step) FROM paced
),

-- Everybody counts once: a few busy users would decide shares of messages.
spoken AS (
    SELECT user_id, mode(language) AS language FROM turns WHERE role = 'user' AND language IS NOT NULL GROUP BY user_id
),

located AS (
    SELECT user_ref, arg_min(country, valid_from) AS country
    FROM users
    WHERE country IS NOT NULL AND NOT starts_with(user_ref, 'ip_')
    GROUP BY user_ref
),

served AS (
    SELECT regexp_replace(model_version, '-\d{4}-.*', '') AS model
    FROM turns
    WHERE role = 'assistant' AND model_version IS NOT NULL
),

mix_group AS (
    SELECT 'english_share' AS name, avg((language = 'en')::INTEGER) AS value FROM spoken
    UNION ALL SELECT 'chinese_share', avg((language = 'zh')::INTEGER) FROM spoken
    UNION ALL SELECT 'russian_share', avg((language = 'ru')::INTEGER) FROM spoken
    UNION ALL SELECT 'united_states_share', avg((country = 'US')::INTEGER) FROM located
    UNION ALL SELECT 'first_model_share', avg((model = 'lark-mini')::INTEGER) FROM served
),

-- What classifiers flagged; a category that had no threshold yet says nothing.
screened AS (
    SELECT message_id, role,
        bool_or(classifier = 'moderation' AND flagged) AS moderation,
        bool_or(classifier = 'toxicity' AND flagged) AS toxicity,
        count(DISTINCT classifier) AS looked
    FROM classifier_scores
    JOIN turns USING (message_id)
    WHERE flagged IS NOT NULL
    GROUP BY ALL
),

question AS (SELECT * FROM screened WHERE role = 'user' AND looked = 2),

safety_group AS (
    SELECT 'flagged_by_moderation_share' AS name, avg(moderation::INTEGER) AS value FROM question
    UNION ALL SELECT 'flagged_by_toxicity_share', avg(toxicity::INTEGER) FROM question
    UNION ALL SELECT 'flagged_by_either_share', avg((moderation OR toxicity)::INTEGER) FROM question
    UNION ALL SELECT 'flagged_by_both_share', avg((moderation AND toxicity)::INTEGER) FROM question
    UNION ALL SELECT 'flagged_answer_share', avg(moderation::INTEGER) FROM screened WHERE role = 'assistant'
    UNION ALL SELECT 'jailbreak_share', avg((risk = 'high')::INTEGER) FROM turns WHERE role = 'user' AND risk IS NOT NULL
),

finished AS (
    FROM turns
    WHERE role = 'assistant' AND coalesce(stop_reason, '') NOT IN ('tool_use', 'tool_calls', 'function_call')
),

-- Of each call the last attempt; people talk on the web and on phones, programs through the API.
call AS (SELECT surface IN ('web', 'mobile') AS people, (status <> 200)::INTEGER AS failed FROM finished),

reliability_group AS (
    SELECT 'failed_conversation_call_share' AS name, avg(failed) FILTER (people) AS value FROM call
    UNION ALL SELECT 'failed_api_call_share', avg(failed) FILTER (NOT people) FROM call
)

FROM turns_group
UNION ALL FROM tokens_group
UNION ALL FROM time_group
UNION ALL FROM mix_group
UNION ALL FROM safety_group
UNION ALL FROM reliability_group
