#!/bin/sh
# Makes the secrets that there are not yet, and starts Redis and so many workers.
#
#   workers.sh KEY FOLDER COUNT     KEY: the file with the key of the API; FOLDER: what claude may read
set -eu
key=${1:?which file holds the key of the API?}
FOLDER=$(cd "${2:?which folder may claude read?}" && pwd)
count=${3:?how many workers?}
umask 077
mkdir -p "$(dirname "$0")/secrets"
cp "$key" "$(dirname "$0")/secrets/anthropic-key"
cd "$(dirname "$0")"

if ! [ -s secrets/redis-users ]; then
  password=$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n')
  {
    echo 'user default off'
    echo "user sluice on >$password ~sluice* &sluice* +@all -@admin -@dangerous +info +client|list"
  } > secrets/redis-users
  printf '{"queue":"redis://sluice:%s@redis:6379"}\n' "$password" > secrets/worker.json
  # For batches of this machine: sluice batch --config …/secrets/batch.json
  printf '{"queue":"redis://sluice:%s@127.0.0.1:6379"}\n' "$password" > secrets/batch.json
fi

SLUICE_USER=$(id -u):$(id -g)
if [ "$(id -u)" = 0 ]; then
  SLUICE_USER=1000:1000
  chown -R "$SLUICE_USER" secrets
fi
export SLUICE_USER FOLDER
exec docker compose -f workers.yaml -p sluice-workers up --build --wait --scale "worker=$count"
