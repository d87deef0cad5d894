"""Output formats of ``panel check``: who may score what, and who is out for whom."""
