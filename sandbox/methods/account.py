"""The bot itself."""

from sandbox.parameters import Parameters
from sandbox.values import Json
from sandbox.world import World


def get_me(world: World, _: Parameters) -> Json:
    """The bot's own User. It hears everything in groups, as a bot without privacy mode does."""
    return world.bot.json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def done(_world: World, _call: Parameters) -> bool:
    """Moving to another server: nothing to do in a world of one."""
    return True
