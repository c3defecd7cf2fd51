#!/bin/sh
# Starts the gateway, and the backend in front of it. Ctrl-C ends both.
#
#   run.sh FOLDER     FOLDER: what claude may read
set -eu
root=$(cd "${1:?which folder may claude read?}" && pwd)
cd "$(dirname "$0")"

# The backend has a token in a file; the gateway has its digest.
secrets=$(mktemp -d)
trap 'kill "${app:-}" "${gateway:-}" 2> /dev/null || true; wait; rm -r "$secrets"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
(umask 077 && sluice token --subject backend --scopes query --lifetime 30d --tokens-file "$secrets/tokens" > "$secrets/token")

sluice serve --root "$root" --port "${GATEWAY_PORT:-8000}" --timeout 5m \
  --tokens-file "$secrets/tokens" --required-scopes query &
gateway=$!
GATEWAY_URL=http://127.0.0.1:${GATEWAY_PORT:-8000} GATEWAY_TOKEN_FILE=$secrets/token node server.mjs &
app=$!
wait "$app"
