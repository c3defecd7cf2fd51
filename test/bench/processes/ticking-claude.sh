#!/bin/bash
# A claude in 4 MB: 200 events, 10 a second, each with the time of its writing in milliseconds since 1970. Bash starts no
# process for that.
printf '{"type":"system","subtype":"init","cwd":"%s","session_id":"ticking","model":"none","tools":["Read","Glob","Grep"],"mcp_servers":[],"permissionMode":"default"}\n' "$PWD"
read -r _
exec 9<> <(:)
# All begin at another moment, as people do.
read -r -t "0.0$((RANDOM % 90 + 10))" -u 9 _
for ((event = 1; event <= 200; event++)); do
  microseconds=${EPOCHREALTIME/[.,]/}
  printf '{"type":"system","subtype":"notification","key":"tick","text":"tick","priority":"low","session_id":"ticking","nth":%d,"writtenAt":%s.%s}\n' "$event" "${microseconds:0:13}" "${microseconds:13}"
  read -r -t 0.1 -u 9 _
done
printf '{"type":"result","subtype":"success","is_error":false,"result":"done","num_turns":1,"session_id":"ticking"}\n'
while read -r _; do :; done
