"""One module for each way to a printer; `pos.receipts.printers` chooses among them."""
