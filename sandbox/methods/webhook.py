"""Where updates go: an address of the bot's, which keeps getUpdates from being used."""

from urllib.parse import urlsplit

from sandbox.parameters import Parameters
from sandbox.refusal import bad_request
from sandbox.values import Json
from sandbox.world import World

PORTS = (443, 80, 88, 8443)


def set_webhook(world: World, call: Parameters) -> bool:
    """Remembers the address; an empty one removes it."""
    url = call.text("url")
    if not url:
        return delete_webhook(world, call)
    _check_address(url)
    if "allowed_updates" in call.values:
        world.updates.allow([str(kind) for kind in call.array("allowed_updates")])
    if call.flag("drop_pending_updates"):
        world.updates.waiting.clear()
    world.webhook = {
        "url": url,
        "has_custom_certificate": "certificate" in call.uploads,
        "max_connections": min(max(call.number("max_connections") or 40, 1), 100),
        "secret_token": call.text("secret_token"),
    }
    world.updates_wait()
    return True


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise bad_request("bad webhook: invalid URL specified") from None
    if not host:
        raise bad_request("bad webhook: URL host is empty")
    # Telegram insists on https and its four ports; on loopback there is nobody to protect.
    if host in ("127.0.0.1", "localhost", "::1"):
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (port or 443) not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def delete_webhook(world: World, call: Parameters) -> bool:
    """Back to getUpdates."""
    world.webhook = None
    if call.flag("drop_pending_updates"):
        world.updates.waiting.clear()
    return True


def get_webhook_info(world: World, _: Parameters) -> Json:
    """The Bot API's WebhookInfo; never the secret."""
    info: Json = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.waiting),
    }
    if world.updates.allowed:
        info["allowed_updates"] = list(world.updates.allowed)
    stored = world.webhook or {}
    return info | {name: value for name, value in stored.items() if name != "secret_token"}
