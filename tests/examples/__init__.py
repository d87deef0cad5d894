"""The rounds in examples/ and the criteria that ship hold what they promise."""
