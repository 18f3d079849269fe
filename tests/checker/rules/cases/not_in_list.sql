SELECT message_id FROM turns WHERE role NOT IN ('tool', 'system')
