"""Text before it is understood: cleaned, folded, its language told, cut into blocks and sentences."""
