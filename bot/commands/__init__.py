"""What a chat can ask for. To add a command: one module here, one line in COMMANDS."""

from bot.command import Command, Pressed
from bot.commands import (
    adding,
    digest,
    facts,
    language,
    opml,
    source,
    sources,
    start,
    subscribe,
    watch,
)
from bot.language import later

COMMANDS: tuple[Command, ...] = (
    Command(name="start", summary=later("what this is, and subscribe"), run=start.start),
    Command(name="help", summary=later("everything you can ask for"), run=start.help_),
    Command(
        name="subscribe",
        summary=later("a digest at your time, and alerts"),
        run=subscribe.subscribe,
        who="chat_admin",
        example="/subscribe daily 09:00",
    ),
    Command(
        name="unsubscribe",
        summary=later("stop what comes by itself"),
        run=subscribe.unsubscribe,
        who="chat_admin",
        example="/unsubscribe daily|weekly|instant",
    ),
    Command(
        name="latest",
        summary=later("the newest stories with their key facts"),
        run=facts.latest,
        example="/latest 5",
    ),
    Command(
        name="facts",
        summary=later("facts by type and words, each with its quote"),
        run=facts.facts,
        example="/facts measures 算力",
    ),
    Command(name="digest", summary=later("everything new since the last one"), run=digest.digest),
    Command(name="sources", summary=later("what is watched, and how well"), run=sources.sources),
    Command(
        name="status", summary=later("how the bot is doing, what comes next"), run=sources.status
    ),
    Command(
        name="language",
        summary=later("English or Chinese"),
        run=language.language,
        who="chat_admin",
    ),
    Command(
        name="addsource",
        summary=later("watch a feed, or any page that lists publications"),
        run=adding.add,
        who="operator",
        where="private",
        example="/addsource https://example.org/news/",
    ),
    Command(
        name="source",
        summary=later("one source: pause, test, rename, tier, charset, selector, address …"),
        run=source.source,
        who="operator",
        where="private",
        example="/source 3 tier official",
    ),
    Command(
        name="removesource",
        summary=later("stop watching one"),
        run=watch.remove,
        who="operator",
        where="private",
        example="/removesource 3",
    ),
    Command(
        name="importopml",
        summary=later("watch the sources of an OPML file"),
        run=opml.take,
        who="operator",
        where="private",
    ),
    Command(
        name="exportopml",
        summary=later("all sources as an OPML file"),
        run=opml.give,
        who="operator",
        where="private",
    ),
    Command(
        name="poll",
        summary=later("read every source now"),
        run=watch.poll,
        who="operator",
        where="private",
    ),
)

PRESSED: tuple[Pressed, ...] = (
    Pressed(verb="lang", run=language.chosen, who="chat_admin", replaces=True),
    Pressed(verb="sub", run=subscribe.offered, who="chat_admin"),
    Pressed(verb="facts", run=facts.pressed),
    Pressed(verb="watch", run=adding.confirmed, who="operator", where="private", replaces=True),
    Pressed(verb="unlook", run=adding.cancelled, who="operator", where="private", replaces=True),
    Pressed(verb="lookat", run=adding.another, who="operator", where="private", replaces=True),
    Pressed(verb="source", run=source.pressed, who="operator", where="private", replaces=True),
    Pressed(verb="starter", run=opml.started, who="operator", where="private", replaces=True),
    Pressed(verb="unwatch", run=watch.removed, who="operator", where="private", replaces=True),
    Pressed(verb="keep", run=watch.kept, who="operator", where="private", replaces=True),
)
"""The verbs of our buttons; who may press is checked again at every press."""
