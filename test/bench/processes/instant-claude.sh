#!/bin/sh
# A claude that answers at once, and then waits for its stdin to be closed. It says in BENCH_STARTED, a pipe, that it
# is there.
[ -z "$BENCH_STARTED" ] || echo >"$BENCH_STARTED"
cat <<END
{"type":"system","subtype":"init","cwd":"$PWD","session_id":"instant","model":"none","tools":["Read","Glob","Grep"],"mcp_servers":[],"permissionMode":"default"}
{"type":"assistant","message":{"id":"msg_1","type":"message","role":"assistant","model":"none","content":[{"type":"text","text":"done"}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1}},"session_id":"instant","parent_tool_use_id":null}
{"type":"result","subtype":"success","is_error":false,"result":"done","num_turns":1,"session_id":"instant"}
END
while read -r _; do :; done
