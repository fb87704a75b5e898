"""Facts an article states, each with the words that state it."""
