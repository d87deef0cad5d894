"""Score sheets: what each evaluator is asked, written as files to fill in, and read back."""
