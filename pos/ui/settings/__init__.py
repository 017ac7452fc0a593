"""What can be chosen: a list of sections on the left, one page on the right."""
