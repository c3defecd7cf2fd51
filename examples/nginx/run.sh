#!/bin/sh
# Starts the gateway, and nginx in front of it with a certificate of its own making. Ctrl-C ends both.
#
#   run.sh FOLDER     FOLDER: what claude may read
set -eu
root=$(cd "${1:?which folder may claude read?}" && pwd)
cd "$(dirname "$0")"

work=$(mktemp -d)
trap 'kill "${nginx:-}" "${gateway:-}" 2> /dev/null || true; wait; rm -r "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

cp nginx.conf "$work"
sed "s/8443/${PORT:-8443}/; s/127.0.0.1:8000/127.0.0.1:${GATEWAY_PORT:-8000}/" sluice.conf > "$work/sluice.conf"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=localhost \
  -addext subjectAltName=DNS:localhost -keyout "$work/tls.key" -out "$work/tls.crt" 2> /dev/null
token=$(sluice token --subject you --scopes query --lifetime 1d --tokens-file "$work/tokens")

sluice serve --root "$root" --port "${GATEWAY_PORT:-8000}" --timeout 5m --tokens-file "$work/tokens" --required-scopes query &
gateway=$!
nginx -p "$work" -c "$work/nginx.conf" -e stderr &
nginx=$!
echo "curl -skN https://localhost:${PORT:-8443}/v1/queries -H 'authorization: Bearer $token' \\
  -H 'accept: text/event-stream' -H 'content-type: application/json' -d '{\"prompt\":\"what is here?\"}'"
wait "$nginx"
