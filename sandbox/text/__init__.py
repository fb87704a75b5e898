"""Texts as Telegram sees them: markup, entities, lengths in UTF-16 units. Pure."""
