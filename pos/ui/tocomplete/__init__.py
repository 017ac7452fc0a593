"""Items that were sold before they were in the book, to be completed."""
