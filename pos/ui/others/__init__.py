"""Other stands: bazaars, boxes, goods there and home."""
