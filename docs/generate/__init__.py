"""Keeps the pages true: what code can write is written by it, what readers run has been run."""
