"""The database: journal, tables, what an event means in rows."""
