"""The print queue as the staff see it: a banner, a question, a panel."""
