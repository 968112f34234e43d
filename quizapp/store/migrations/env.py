"""Runs the migrations on the connection that the caller opened, inside its transaction."""

from alembic import context

from quizapp.store.schema import alembic_version

connection = context.config.attributes["connection"]
# Alembic would make it with VARCHAR, which a STRICT table cannot have.
alembic_version.create(connection, checkfirst=True)
context.configure(connection=connection)
context.run_migrations()
