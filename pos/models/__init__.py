"""The database: journal, ledger, tables, and how events become rows."""
