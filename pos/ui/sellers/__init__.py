"""Sellers (Penitip): their cards, terms, accounts and payouts."""
