"""Output formats of ``prices``: prices and what they are made of, side by side."""
