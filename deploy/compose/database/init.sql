-- The events have the database that POSTGRES_DB names; the state store of the sidecars has one of its own.
CREATE DATABASE tributary_state;
