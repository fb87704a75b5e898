"""/backup: the whole database, to an owner, in private."""

import db.audit
import db.operators
from bot.commands import backup
from db.backup import restore
from tests.bot.scene import GROUP, OPERATOR, READER, Scene


async def test_an_owner_gets_a_backup_that_can_be_restored(scene: Scene, tmp_path):
    assert await scene.say("/backup", OPERATOR) == []
    (sent,) = scene.calls("sendDocument")
    file = scene.sandbox.world.files.by_id(sent["result"]["document"]["file_id"])
    assert file
    assert sent["params"]["chat_id"] in (OPERATOR["id"], str(OPERATOR["id"]))
    (tmp_path / "copy").write_bytes(file.content)
    restore(f"sqlite+aiosqlite:///{tmp_path}/new.db", tmp_path / "copy", scene.clock())
    async with scene.tools.database.read() as session:
        (noted, *_) = await db.audit.latest(session, 1)
    assert (noted.action, noted.actor_id) == ("backup.taken", OPERATOR["id"])


async def test_what_telegram_would_not_take_is_made_on_the_machine(scene: Scene, monkeypatch):
    monkeypatch.setattr(backup, "LARGEST", 1_000)
    (told,) = await scene.say("/backup", OPERATOR)
    assert "pilotwatch backup FILE" in told
    assert scene.calls("sendDocument") == []


async def test_nobody_else_gets_it_and_no_group_sees_it(scene: Scene):
    async with scene.tools.database.write() as session:
        await db.operators.add(session, READER["id"], "admin", OPERATOR["id"], scene.clock())
    assert "owners" in (await scene.say("/backup", READER))[0]
    assert "only in a private chat" in (await scene.say("/backup", OPERATOR, chat=GROUP))[0]
    assert scene.calls("sendDocument") == []
