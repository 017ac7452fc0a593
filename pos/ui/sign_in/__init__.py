"""Signing in, and the lock screen: a name, then a PIN."""
