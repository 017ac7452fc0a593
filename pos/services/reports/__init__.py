"""Reports: each is defined once, in figures and words, for A4, receipt printer, XLSX and screen.

`kinds` is the table of all of them; a new one is a function from Ask to Report and an entry there.
"""
