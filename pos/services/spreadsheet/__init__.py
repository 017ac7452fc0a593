"""The spreadsheet that a stand keeps today: read, checked row by row, taken over, given back."""
