"""The speed goals, measured: `make bench`. Benchmarks, not timed tests: nothing fails on a figure."""
