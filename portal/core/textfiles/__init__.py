"""Text files that people hand in, JSON and CSV, with the line of everything. Plain Python: the
engines read by it."""
