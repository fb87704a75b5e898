"""A local Telegram to try, show and test the bot with. Knows nothing of the house."""
