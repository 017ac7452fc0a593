"""Faults that really happen, with real parts."""
