"""The sample stand: a made-up gallery to look at, to learn on and to test with."""

from pos.sample.make import make_sample

__all__ = ["make_sample"]
