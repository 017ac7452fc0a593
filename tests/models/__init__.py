"""Tests of the database: schema, journal, engine, what events mean, verify."""
