"""Output formats of ``explain``: everything about one vendor, so that the sums can be redone."""
