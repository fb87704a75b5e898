"""How Pilotwatch speaks: Telegram, the command line; and where the house is put together."""
