"""The rules of English: how its sentences are built, and what is read from them."""
