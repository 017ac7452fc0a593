"""Titip: the till of a consignment stand."""

__version__ = "0.1.0"
