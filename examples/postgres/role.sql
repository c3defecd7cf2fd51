-- A role that reads what a question may need, and nothing else. Run by the owner of the tables:
--
--   psql -d shop -v ON_ERROR_STOP=1 -v password="$(cat password)" -f role.sql

CREATE ROLE claude LOGIN PASSWORD :'password' NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT CONNECTION LIMIT 8;
ALTER ROLE claude SET default_transaction_read_only = on;
ALTER ROLE claude SET statement_timeout = '10s';
ALTER ROLE claude SET lock_timeout = '1s';
ALTER ROLE claude SET idle_in_transaction_session_timeout = '15s';

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO claude;
-- Table by table, and of those with personal data column by column: what can't be read can't be in an answer.
GRANT SELECT ON products TO claude;
GRANT SELECT (id, ordered_at, product_id, quantity) ON orders TO claude;
