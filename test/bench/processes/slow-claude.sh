#!/bin/bash
# A claude that takes half a second for its answer.
printf '{"type":"system","subtype":"init","cwd":"%s","session_id":"slow","model":"none","tools":["Read","Glob","Grep"],"mcp_servers":[],"permissionMode":"default"}\n' "$PWD"
read -r _
sleep 0.5
printf '{"type":"result","subtype":"success","is_error":false,"result":"done","num_turns":1,"session_id":"slow"}\n'
while read -r _; do :; done
