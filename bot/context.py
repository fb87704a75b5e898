"""What every command can reach, on PTB's context."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from telegram.ext import CallbackContext, ExtBot

from bot.courier import TelegramCourier
from bot.patience import Patience
from bot.settings import Settings
from bot.workshop import Workshop
from db.engine import Database
from domain.delivery import Lane
from jobs.house import House
from jobs.outbox import Bell

_TOOLS = "tools"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What the commands work with, made once in `bot/app.py`."""

    settings: Settings
    house: House
    courier: TelegramCourier
    clock: Callable[[], datetime]
    version: str
    workshop: Workshop
    """Draws pictures."""
    clerk: Workshop
    """Writes files: a long one does not hold up a picture."""
    bell: Bell = field(default_factory=Bell)
    """Rung for what somebody waits for; the outbox answers it."""
    patience: Patience = field(default_factory=Patience)

    @property
    def database(self) -> Database:
        """The house's database."""
        return self.house.database


class Context(CallbackContext[ExtBot[Lane], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """A PTB context that knows our own things."""

    @property
    def tools(self) -> Tools:
        """What the commands work with."""
        tools = self.bot_data[_TOOLS]
        if not isinstance(tools, Tools):
            raise TypeError("the application was not equipped")
        return tools


def equip(bot_data: dict[Any, Any], tools: Tools) -> None:
    """Hand the tools to every context of an application."""
    bot_data[_TOOLS] = tools
