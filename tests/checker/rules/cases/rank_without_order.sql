-- expect: WIN003 2:20
SELECT message_id, rank() OVER () AS place FROM turns
