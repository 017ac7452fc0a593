"""Alembic runs this: the connection is handed over by pos.models.migrate, never opened here."""

from alembic import context

connection = context.config.attributes["connection"]
target_metadata = context.config.attributes.get("metadata")

context.configure(
    connection=connection,
    target_metadata=target_metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
