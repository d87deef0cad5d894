"""The documentation's own tools: ``python -m docs.generate`` and ``python docs/picture.py``."""
