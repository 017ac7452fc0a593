"""Receipts (Struk): finding one, reading it, printing it again, ticking payments off."""
