"""Paper: documents, their layout, and the way to the printer."""
