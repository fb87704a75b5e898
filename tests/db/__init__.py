"""The tables, their history, and what is kept in them, on both engines."""
