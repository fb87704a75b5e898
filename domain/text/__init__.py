"""Text before it is understood: cleaned, folded, cut into blocks and sentences."""
