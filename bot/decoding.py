"""Whether an update is one that python-telegram-bot can decode, however it came to us."""

import logging
from typing import Any

from telegram import Update

log = logging.getLogger(__name__)


def trouble_with(raw: dict[str, Any]) -> str | None:
    """Return the name of what goes wrong in decoding an update; None where nothing does.

    Whatever it is, the update is taken all the same: else a webhook would be brought it for a day,
    and polling would never get past it.
    """
    try:
        Update.de_json(raw, None)
    except Exception as error:  # what Telegram sends next year may break in any way
        trouble = type(error).__name__
        log.warning("update %d cannot be decoded (%s)", raw["update_id"], trouble)
        return trouble
    return None
