-- Refusals and other answers under the same parent. Which of them belong to which wording, and which came first?
SELECT
    refused.conversation_id,
    refused.parent_message_id,
    refused.request_id AS refused_request_id,
    other.request_id AS answered_request_id,
    1::INTEGER AS tries
FROM message_events AS refused
JOIN message_events AS other
    ON other.conversation_id = refused.conversation_id AND other.parent_message_id = refused.parent_message_id
WHERE refused.is_refusal AND NOT other.is_refusal
