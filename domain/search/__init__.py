"""What somebody looks for: words in any spelling, filters, where an answer stands, its excerpt."""
