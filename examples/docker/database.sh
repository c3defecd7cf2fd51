#!/bin/sh
# Run once by the image of PostgreSQL, when there is no database yet.
set -eu
shop() { psql --username postgres --dbname shop -v ON_ERROR_STOP=1 "$@"; }
shop -f /sql/shop.sql
shop -v password="$(cat /run/secrets/database-reader)" -f /sql/role.sql
