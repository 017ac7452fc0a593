"""Boxes: one file that carries the journals of several tills, contact cards and pictures."""
