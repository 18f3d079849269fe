-- For each hour of the day, its share of the day's arrivals: the median day, and the middle eight of ten.
WITH
hourly AS (
    SELECT date_trunc('day', started_at) AS day, hour(started_at) AS hour, count(*) AS arrivals
    FROM conversations
    WHERE current_message_id IS NOT NULL
    GROUP BY ALL
),

shared AS (SELECT hour, arrivals / sum(arrivals) OVER (PARTITION BY day) AS share FROM hourly)

SELECT hour AS place, quantile_cont(share, 0.1) AS low, median(share) AS middle, quantile_cont(share, 0.9) AS high
FROM shared
GROUP BY hour
ORDER BY hour
