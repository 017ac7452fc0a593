"""Goods (Titipan): taking in, the shelf, withdrawals, stock counts, ageing, labels, tables."""
