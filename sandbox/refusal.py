"""How the Bot API says no: a code, its own words, and sometimes what to do about it."""

from sandbox.values import Json


class Refusal(Exception):
    """An answer that is not a result; `description` is worded as Telegram words it."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def json(self) -> Json:
        """The body of the answer."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(reason: str) -> Refusal:
    """The request cannot be done as it stands."""
    return Refusal(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> Refusal:
    """The bot is not wanted there."""
    return Refusal(403, f"Forbidden: {reason}")


def conflict(reason: str) -> Refusal:
    """Two ways of receiving updates exclude each other."""
    return Refusal(409, f"Conflict: {reason}")


def too_many_requests(retry_after: int) -> Refusal:
    """Flood control; `retry_after` is in seconds."""
    return Refusal(
        429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after}
    )


def upgraded(new_chat_id: int) -> Refusal:
    """The group has become a supergroup under another number."""
    return Refusal(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": new_chat_id},
    )


def not_found() -> Refusal:
    """No such method, or no such shape of token."""
    return Refusal(404, "Not Found")


def unauthorized() -> Refusal:
    """The token is not (or no longer) valid."""
    return Refusal(401, "Unauthorized")
