#!/bin/bash
# A claude that works until the file that TORTURE_GO names is there.
printf '{"type":"system","subtype":"init","cwd":"%s","session_id":"patient-%s","model":"none","tools":["Read"],"mcp_servers":[],"permissionMode":"default"}\n' "$PWD" "$$"
read -r _
exec 9<> <(:)
until [ -e "$TORTURE_GO" ]; do read -r -t 0.05 -u 9 _; done
printf '{"type":"result","subtype":"success","is_error":false,"result":"done","num_turns":1,"session_id":"patient-%s"}\n' "$$"
while read -r _; do :; done
