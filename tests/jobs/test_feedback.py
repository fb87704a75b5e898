"""What people say of stories: at once in their chat, and asked of operators, each once."""

from dataclasses import replace
from datetime import timedelta

import db.audit
import db.barred
import db.chats
import db.deliveries
import db.operators
import db.preferences
import db.proposals
import db.repairs
import db.saved
import db.sources
import db.verdicts
import jobs.feedback
from domain.preferences import UNSET
from domain.proposal import MOST_OPEN
from domain.rule import Rule
from jobs.alert import owe_alerts
from jobs.listening import listener
from jobs.outbox import Outbox
from tests import builders
from tests.builders import NOW, destination, new_article
from tests.fakes import Clock, RecordingCourier

OPERATOR = 1


async def operated(database) -> None:
    await builders.stored_chat(database, OPERATOR)
    async with database.write() as session:
        await db.operators.seed(session, [OPERATOR], NOW)


async def judged(database, number, verdict="irrelevant", chat_id=7, now=NOW):
    await builders.stored_chat(database, chat_id)
    return await jobs.feedback.judge(
        database, destination(chat_id), number, verdict, user_id=chat_id, now=now
    )


async def waiting(database):
    async with database.read() as session:
        return await db.proposals.waiting(session, 50)


async def told(database) -> list[str]:
    clock, courier = Clock(NOW + timedelta(minutes=1)), RecordingCourier()
    await Outbox(database, courier, clock, owner="test").drain()
    return courier.texts


async def alerted(database, number) -> int:
    async with database.write() as session:
        return await owe_alerts(session, [new_article(story_id=number)], NOW)


async def test_what_is_not_relevant_is_not_alerted_there_and_is_everywhere_else(database):
    number = await builders.stored_story(database)
    for chat_id in (7, 8):
        await builders.subscribed(database, destination(chat_id), "instant")
    await judged(database, number)
    assert await alerted(database, number) == 1
    assert len(await told(database)) == 1


async def test_an_alert_that_is_on_its_way_is_let_go(database):
    number = await builders.stored_story(database)
    await builders.subscribed(database, destination(), "instant")
    assert await alerted(database, number) == 1
    await judged(database, number)
    assert await told(database) == []
    async with database.read() as session:
        (found,) = await db.deliveries.told(session, destination(), number, ())
    assert (found.state, found.error) == ("expired", "left out by verdict")


async def test_taken_back_the_rules_decide_again(database):
    number = await builders.stored_story(database)
    await judged(database, number)
    assert await jobs.feedback.take_back(database, destination(), number)
    assert not await jobs.feedback.take_back(database, destination(), number)
    async with database.read() as session:
        assert (await listener(session, destination(), [number])).verdicts == {}


async def test_nothing_can_be_said_of_a_story_that_is_not_there(database):
    assert await judged(database, 99) is None
    assert not await jobs.feedback.take_back(database, destination(), 99)


async def test_a_mark_proposes_a_word_to_operators_once(database):
    await operated(database)
    for number in range(3):
        await builders.stored_story(database, new_article(title=f"Marathon of robots {number}"))
    number = await builders.stored_story(database, new_article(title="Hotpot in Chengdu"))
    heard = await judged(database, number)
    assert heard is not None
    assert heard.words == ("hotpot",)
    await judged(database, number)
    await judged(database, number, chat_id=8)
    (proposal,) = await waiting(database)
    assert proposal.bar is not None
    assert (proposal.bar.word, proposal.bar.matched, proposal.bar.of) == ("hotpot", 0, 3)
    assert proposal.title == "Hotpot in Chengdu"
    (letter,) = await told(database)
    assert "hotpot" in letter


async def test_an_accepted_word_is_left_out_for_everybody_by_title_and_can_come_back(database):
    await operated(database)
    number = await builders.stored_story(database, new_article(title="Hotpot in Chengdu"))
    await judged(database, number)
    (proposal,) = await waiting(database)
    for _ in range(2):
        done = await jobs.feedback.decide(
            database, proposal.number, "accepted", actor_id=OPERATOR, now=NOW
        )
        assert done is not None
        assert done.state == "accepted"
    other = await builders.stored_story(database, new_article(title="More hotpot"))
    await builders.subscribed(database, destination(8), "instant")
    assert await alerted(database, other) == 0
    async with database.read() as session:
        ((word, _),) = await db.barred.every(session)
        entries = await db.audit.latest(session, 5)
        assert (await listener(session, destination(9), [])).preferences == replace(
            UNSET, rule=Rule(barred=("hotpot",))
        )
    assert [one.action for one in entries] == ["proposal.accepted"]
    assert await jobs.feedback.unbar(database, word, actor_id=OPERATOR, now=NOW) == "hotpot"
    assert await jobs.feedback.unbar(database, word, actor_id=OPERATOR, now=NOW) is None
    assert await alerted(database, other) == 1


async def test_what_was_dismissed_is_not_asked_again(database):
    await operated(database)
    number = await builders.stored_story(database, new_article(title="Hotpot in Chengdu"))
    await judged(database, number)
    (proposal,) = await waiting(database)
    for state in ("dismissed", "accepted"):
        done = await jobs.feedback.decide(
            database, proposal.number, state, actor_id=OPERATOR, now=NOW
        )
        assert done is not None
        assert done.state == "dismissed"
    other = await builders.stored_story(database, new_article(title="Hotpot once more"))
    await judged(database, other)
    assert await waiting(database) == []
    async with database.read() as session:
        assert await db.barred.words(session) == ()


async def test_two_stories_of_a_source_that_are_not_relevant_make_its_tier_a_question(database):
    await operated(database)
    source = await builders.stored_source(database, tier="media")
    numbers = [
        await builders.stored_story(database, new_article(title="Zone"), source_id=source.id)
        for _ in range(2)
    ]
    await judged(database, numbers[0])
    assert await waiting(database) == []
    await judged(database, numbers[1], chat_id=8)
    (proposal,) = await waiting(database)
    assert proposal.lower is not None
    assert (proposal.lower.before, proposal.lower.after) == ("media", "reprint")
    await jobs.feedback.decide(database, proposal.number, "accepted", actor_id=OPERATOR, now=NOW)
    async with database.read() as session:
        after = await db.sources.get(session, source.id)
    assert after is not None
    assert after.tier == "reprint"


async def test_one_relevant_story_speaks_for_its_source(database):
    await operated(database)
    source = await builders.stored_source(database, tier="media")
    numbers = [
        await builders.stored_story(database, new_article(title="Zone"), source_id=source.id)
        for _ in range(3)
    ]
    await judged(database, numbers[0], "relevant", chat_id=8)
    for number in numbers[1:]:
        await judged(database, number)
    assert await waiting(database) == []


async def test_operators_are_not_asked_without_end(database):
    await operated(database)
    words = ("alpha", "beta", "gamma", "delta", "omega")
    for at in range(MOST_OPEN + 5):
        title = f"{words[at % 5]}{words[at // 5]} in Chengdu"
        await judged(database, await builders.stored_story(database, new_article(title=title)))
    assert len(await waiting(database)) == MOST_OPEN


async def test_marks_and_saved_stories_follow_a_story_that_becomes_part_of_another(database):
    first, second = [await builders.stored_story(database) for _ in range(2)]
    await judged(database, second)
    await judged(database, second, chat_id=8)
    await judged(database, first, "relevant", chat_id=8)
    async with database.write() as session:
        await db.saved.put(session, destination(), second, NOW)
        await db.repairs.merge(session, into=first, other=second, now=NOW)
        assert (await db.verdicts.about(session, [first]))[destination()] == {first: "irrelevant"}
        assert (await db.verdicts.about(session, [first]))[destination(8)] == {first: "relevant"}
        assert await db.saved.of(session, destination(), 5, 0) == [first]


async def test_what_a_chat_set_said_and_saved_goes_with_it_to_its_new_number(database):
    number = await builders.stored_story(database)
    other = await builders.stored_story(database)
    await judged(database, number, chat_id=7)
    await judged(database, other, "relevant", chat_id=7)
    await judged(database, number, "relevant", chat_id=9, now=NOW + timedelta(hours=1))
    async with database.write() as session:
        for chat_id, silent in ((7, True), (9, False)):
            await db.preferences.put(
                session, destination(chat_id), replace(UNSET, silent=silent), NOW
            )
        await db.saved.put(session, destination(7), number, NOW)
        await db.chats.move(session, 7, 9, NOW)
        assert (await db.preferences.of(session, destination(9))).silent
        said = await db.verdicts.of(session, destination(9), [number, other])
        assert said == {number: "relevant", other: "relevant"}
        assert await db.saved.of(session, destination(9), 5, 0) == [number]
