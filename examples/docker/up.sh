#!/bin/sh
# Makes the secrets that there are not yet, and starts it all.
#
#   up.sh KEY FOLDER     KEY: the file with the key of the API; FOLDER: what claude may read
set -eu
key=${1:?which file holds the key of the API?}
FOLDER=$(cd "${2:?which folder may claude read?}" && pwd)
umask 077
mkdir -p "$(dirname "$0")/secrets"
cp "$key" "$(dirname "$0")/secrets/anthropic-key"
cd "$(dirname "$0")"

for name in jwt database-owner database-reader; do
  [ -s "secrets/$name" ] || head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '\n' > "secrets/$name"
done

# A secret is a file of this machine's: those who may read it there are those who may read it within.
SLUICE_USER=$(id -u):$(id -g)
if [ "$(id -u)" = 0 ]; then
  SLUICE_USER=1000:1000
  chown -R "$SLUICE_USER" secrets
fi
export SLUICE_USER FOLDER
exec docker compose -p sluice up --build --wait
