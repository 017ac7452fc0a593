"""Read models for screens and papers: frozen structs out, no rows, no sessions."""
