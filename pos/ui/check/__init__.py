"""Cek titipan: a seller looks at their own goods and money, and at nothing else."""
