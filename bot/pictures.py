"""The pictures of messages: drawn once, uploaded once, however many chats get them."""

import asyncio
import logging
from collections import OrderedDict

from telegram import InputFile, Message

from bot.workshop import WorkFailed, Workshop
from domain.chart import Chart

log = logging.getLogger(__name__)

REMEMBERED = 64
"""Charts whose uploaded file is known: a weekly digest has one for each window and language."""
AT_HAND = 4
"""Pictures that are kept until Telegram has named them; each is some 70 KB."""


class Pictures:
    """Draws what is to be sent, or names what Telegram has already."""

    def __init__(self, workshop: Workshop | None) -> None:
        self._workshop = workshop
        self._uploaded: OrderedDict[Chart, str] = OrderedDict()
        self._drawn: OrderedDict[Chart, bytes] = OrderedDict()
        self._drawing = asyncio.Lock()

    async def of(self, chart: Chart) -> InputFile | str | None:
        """Return a picture as Telegram takes it; None where there is none, and words must do."""
        if known := self._uploaded.get(chart):
            return known
        content = await self._content(chart)
        return InputFile(content, filename="chart.png") if content else None

    async def _content(self, chart: Chart) -> bytes | None:
        """Draw a chart once, also where several senders come with it at the same time."""
        if self._workshop is None:
            return None
        async with self._drawing:
            if chart not in self._drawn:
                try:
                    self._drawn[chart] = await self._workshop.picture(chart)
                except WorkFailed as error:
                    log.warning("a chart could not be drawn: %s", error)
                    return None
            while len(self._drawn) > AT_HAND:
                self._drawn.popitem(last=False)
            return self._drawn[chart]

    def arrived(self, chart: Chart | None, sent: Message) -> None:
        """Take note of the name that Telegram has given to a picture."""
        if chart is None or not sent.photo:
            return
        self._uploaded[chart] = sent.photo[-1].file_id
        while len(self._uploaded) > REMEMBERED:
            self._uploaded.popitem(last=False)
