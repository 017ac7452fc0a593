"""Orders (Pesanan): the board by due date, taking an order, one order's card, its hand-over.

board     what is shown on the left, and which order is chosen
draft     an order that is being taken
card      one order and what may be done with it
money     small forms: deposit, advance, refund, cancel, changed terms
message   WhatsApp links
"""
