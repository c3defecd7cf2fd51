#!/bin/bash
# A claude that counts to 20, a hundredth of a second each, in messages of its own.
printf '{"type":"system","subtype":"init","cwd":"%s","session_id":"counting-%s","model":"none","tools":["Read","Glob","Grep"],"mcp_servers":[],"permissionMode":"default"}\n' "$PWD" "$$"
read -r _
exec 9<> <(:)
for ((count = 1; count <= 20; count++)); do
  printf '{"type":"system","subtype":"notification","key":"count","text":"count","priority":"low","session_id":"counting-%s","count":%d}\n' "$$" "$count"
  read -r -t 0.01 -u 9 _
done
printf '{"type":"result","subtype":"success","is_error":false,"result":"done","num_turns":1,"session_id":"counting-%s"}\n' "$$"
while read -r _; do :; done
