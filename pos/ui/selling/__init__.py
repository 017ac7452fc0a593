"""The selling screen: search and tiles on the left, cart and payment on the right.

presenter.py (the cart) and paying.py (the payment) hold what is true; the rest shows it.
"""
