"""What the contract promises, seen from outside: files in, results and exit codes out."""
