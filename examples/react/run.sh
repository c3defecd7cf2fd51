#!/bin/sh
# Starts the gateway, and serves the page, which asks it from the browser. Ctrl-C ends both.
#
#   run.sh FOLDER     FOLDER: what claude may read
set -eu
root=$(cd "${1:?which folder may claude read?}" && pwd)
cd "$(dirname "$0")"
PATH=$PWD/node_modules/.bin:$PATH

trap 'kill "${page:-}" "${gateway:-}" 2> /dev/null || true; wait' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# On loopback, for pages of loopback, without tokens: elsewhere it wants those, and --allow-origins.
sluice serve --root "$root" --port "${GATEWAY_PORT:-8000}" --timeout 5m --include-partial-messages &
gateway=$!
esbuild src/main.tsx --bundle --format=esm --sourcemap --outdir=www --servedir=www --watch=forever --serve="127.0.0.1:${PORT:-8080}" \
  "--define:GATEWAY_URL='http://127.0.0.1:${GATEWAY_PORT:-8000}'" &
page=$!
wait "$page"
