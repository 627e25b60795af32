#!/bin/sh
# Runs once, when the container of PostgreSQL makes a new data folder: the same roles, extensions
# and database that portal/stack/postgres.py makes for `make run`.
set -eu

psql --set ON_ERROR_STOP=1 --username postgres --dbname template1 \
    --set owner_password="$DATABASE_OWNER_PASSWORD" \
    --set app_password="$DATABASE_APP_PASSWORD" <<'SQL'
CREATE ROLE trilink_owner LOGIN CREATEDB PASSWORD :'owner_password';
CREATE ROLE trilink_app LOGIN PASSWORD :'app_password';
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
SQL

psql --set ON_ERROR_STOP=1 --username postgres --dbname postgres \
    --command "CREATE DATABASE trilink OWNER trilink_owner"
