"""Reports (Laporan): pick one and its period, see it at once, print, save, export."""
