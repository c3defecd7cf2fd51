#!/bin/sh
# Starts the gateway, and the app in front of it. Ctrl-C ends both.
#
#   run.sh FOLDER     FOLDER: what claude may read
set -eu
root=$(cd "${1:?which folder may claude read?}" && pwd)
cd "$(dirname "$0")"

# What the app signs its tokens with, and the gateway checks them by: drawn anew for each start, as tokens live for a minute.
secrets=$(mktemp -d)
head -c 32 /dev/urandom | base64 > "$secrets/jwt"
chmod 600 "$secrets/jwt"
trap 'kill "${app:-}" "${gateway:-}" 2> /dev/null || true; wait; rm -r "$secrets"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

sluice serve --root "$root" --port "${GATEWAY_PORT:-8000}" --timeout 5m \
  --jwt-secret-file "$secrets/jwt" --jwt-issuer fastapi --jwt-audience sluice --required-scopes query &
gateway=$!
GATEWAY_URL=http://127.0.0.1:${GATEWAY_PORT:-8000} JWT_SECRET_FILE=$secrets/jwt \
  "${PYTHON:-python3}" -m uvicorn app:app --port "${PORT:-8080}" &
app=$!
wait "$app"
