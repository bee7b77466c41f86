#!/bin/sh
# Makes Temporal's two databases, or brings them to the version of the tools. Can be run again.
set -eu
export SQL_HOST="${TEMPORAL_DATABASE%:*}" SQL_PORT="${TEMPORAL_DATABASE##*:}" SQL_USER=temporal SQL_PASSWORD="$TEMPORAL_DATABASE_PASSWORD" SQL_PLUGIN=postgres12
for pair in temporal/temporal temporal_visibility/visibility; do
  database=${pair%/*} schema=${pair#*/}
  temporal-sql-tool --database "$database" create-database
  temporal-sql-tool --database "$database" setup-schema -v 0.0 || echo "$database has its version table"
  temporal-sql-tool --database "$database" update-schema --schema-name "postgresql/v12/$schema"
done
