-- The events have the database that POSTGRES_DB names.
CREATE DATABASE tributary_state;
-- A source to extract, as in compose.
CREATE DATABASE sample;
\connect sample
\i /samples/sample.sql
