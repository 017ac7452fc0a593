"""Backups on the screen: what there is, going back to one, and what is said about them."""
