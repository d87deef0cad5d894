"""Output formats of ``panel``: how the panel scored, in numbers and words."""
