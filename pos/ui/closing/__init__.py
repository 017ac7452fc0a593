"""The drawer's day (Tutup): opening, money by hand, the blind count, the close."""
