#!/bin/sh
# A fake claude for items of a batch, quick to start. An item whose prompt has "item=ID;" is answered after SECONDS_OF_WORK; where its
# ID ends in w, a tool is used that writes: first leave is asked, then ID is added to the file EFFECTS.
while read -r line; do case $line in *'"type":"user"'*) break ;; esac; done
id=${line#*item=}
id=${id%%;*}
printf '{"type":"system","subtype":"init","cwd":"%s","session_id":"s","tools":["Bash"],"mcp_servers":[],"model":"fake","permissionMode":"default","slash_commands":[],"apiKeySource":"none","claude_code_version":"2.1.197","output_style":"default","agents":[],"uuid":"u"}\n' "$PWD"
case $id in
  *w)
    printf '{"type":"control_request","request_id":"gate","request":{"subtype":"hook_callback","callback_id":"before-tool","input":{"tool_name":"Bash"}}}\n'
    # Whoever is gone says nothing; what is denied is not done.
    while read -r line; do case $line in *control_response*gate*) break ;; esac; done
    case $line in *'"deny"'*) ;; *control_response*gate*) echo "$id" >> "$EFFECTS" ;; *) exit 1 ;; esac
    ;;
esac
[ "${SECONDS_OF_WORK:-0}" = 0 ] || sleep "$SECONDS_OF_WORK"
printf '{"type":"result","subtype":"success","is_error":false,"result":"done","session_id":"s","uuid":"u","duration_ms":1,"duration_api_ms":1,"num_turns":1,"stop_reason":null,"total_cost_usd":0.001,"usage":{"input_tokens":1,"output_tokens":1},"modelUsage":{},"permission_denials":[]}\n'
cat > /dev/null
