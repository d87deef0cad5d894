"""What the files say and what comes out; frozen; knows no format."""
