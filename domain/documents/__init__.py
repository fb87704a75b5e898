"""Policy documents: what identifies one, what is claimed of it, and how they hang together."""
