#!/bin/sh
# Starts a gateway whose runs can ask the database, and asks it one question.
#
#   run.sh QUESTION     PGHOST, PGDATABASE and PGPASSWORDFILE say where the database is
set -eu
cd "$(dirname "$0")"
export PGHOST="${PGHOST:-localhost}" PGDATABASE="${PGDATABASE:-shop}" PGPASSWORDFILE="${PGPASSWORDFILE:-}" \
  PGPORT="${PGPORT:-5432}" PGUSER="${PGUSER:-claude}" SHOP_SERVER="$PWD/server.mjs"

work=$(mktemp -d)
trap 'kill "${gateway:-}" 2> /dev/null || true; wait; rm -r "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
GATEWAY_TOKEN=$(sluice token --subject you --scopes query --lifetime 1d --tokens-file "$work/tokens")
export GATEWAY_TOKEN GATEWAY_URL="http://127.0.0.1:${GATEWAY_PORT:-8000}"

# The tool of the database is the only one that there is.
mkdir "$work/empty"
sluice serve --root "$work/empty" --port "${GATEWAY_PORT:-8000}" --tokens-file "$work/tokens" --log-level warn --timeout 5m \
  --mcp-config mcp.json --allowed-tools mcp__shop__query --pass-env PGHOST PGPORT PGDATABASE PGUSER PGPASSWORDFILE SHOP_SERVER &
gateway=$!
until curl -sf -o "$work/ready" "$GATEWAY_URL/readyz"; do
  kill -0 "$gateway"
  sleep 0.1
done
node ask.mjs "$@"
