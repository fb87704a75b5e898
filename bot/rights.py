"""Who may do what, where. Pure: one function decides, for commands and for buttons."""

from dataclasses import dataclass
from typing import Literal

from domain.operator import NOBODY, Role

Who = Literal["everyone", "chat_admin", "operator", "owner"]
"""`chat_admin`: in a group its administrators, in a private chat whoever it is with. `owner`: an
operator who may also say who the others are, and take everything that is stored away."""

STAFF: frozenset[Who] = frozenset({"operator", "owner"})
"""What nobody else is even shown."""

Where = Literal["everywhere", "private"]

Refusal = Literal["private_only", "admins_only", "operators_only", "owners_only"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Whoever sent a command or pressed a button, as far as it can be trusted."""

    user_id: int | None
    """Of a person; None for channels, anonymous administrators and whatever else has no name."""
    private: bool
    """It is in a private chat with us."""
    role: Role | None = None
    group_admin: bool = False
    """An administrator of the group, by Telegram's word; anonymous ones are that too."""

    @property
    def is_operator(self) -> bool:
        """By numeric id, as a person, face to face: nothing else makes an operator."""
        person = self.user_id is not None and self.user_id not in NOBODY
        return person and self.role is not None and self.private


def refusal(asker: Asker, who: Who, where: Where) -> Refusal | None:
    """Return why the asker may not do it; None if he may."""
    if who in STAFF and not asker.is_operator:
        return "private_only" if asker.role and not asker.private else "operators_only"
    if who == "owner" and asker.role != "owner":
        return "owners_only"
    if where == "private" and not asker.private:
        return "private_only"
    if who == "chat_admin" and not (asker.private or asker.group_admin):
        return "admins_only"
    return None
