"""How Pilotwatch speaks: Telegram, the command line; and where the house is put together."""

import os

# python-telegram-bot then gives durations as timedelta; without it every RetryAfter warns.
os.environ.setdefault("PTB_TIMEDELTA", "1")
