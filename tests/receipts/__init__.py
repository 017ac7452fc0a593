"""Paper: layout, bytes, printers and the queue."""
