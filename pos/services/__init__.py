"""What the stand does: commands that write one event, queries that read."""
