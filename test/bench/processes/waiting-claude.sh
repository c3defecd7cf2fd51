#!/bin/bash
# A claude that takes WORK_SECONDS for its answer, and starts no process for that.
printf '{"type":"system","subtype":"init","cwd":"%s","session_id":"waiting","model":"none","tools":["Read"],"mcp_servers":[],"permissionMode":"default"}\n' "$PWD"
read -r _
exec 9<> <(:)
read -r -t "$WORK_SECONDS" -u 9 _
printf '{"type":"result","subtype":"success","is_error":false,"result":"done","num_turns":1,"session_id":"waiting"}\n'
while read -r _; do :; done
