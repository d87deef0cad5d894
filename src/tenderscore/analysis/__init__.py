"""Questions asked of a finished evaluation. They change nothing in it."""
