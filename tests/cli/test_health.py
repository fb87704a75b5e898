"""`pilotwatch health`: for a container's health check, so its exit code counts."""

import json
import time

from bot.health import pulse_file


async def test_its_exit_code_says_how_the_bot_is(shell):
    gone = await shell.run("health")
    assert (gone.code, gone.err) == (1, "pilotwatch: Not well: it is not running.\n")
    file = pulse_file(f"sqlite+aiosqlite:///{shell.folder}/pilotwatch.db")
    file.write_text(json.dumps({"at": time.time(), "troubles": []}))
    assert (await shell.run("health")).out == "ok\n"
    troubles = ["the database does not answer", "Telegram does not answer"]
    file.write_text(json.dumps({"at": time.time(), "troubles": troubles}))
    ill = await shell.run("health")
    assert ill.code == 1
    assert "the database does not answer; Telegram does not answer" in ill.err


async def test_a_worker_that_is_stuck_is_noticed_beside_a_bot_that_is_well(shell):
    url = f"sqlite+aiosqlite:///{shell.folder}/pilotwatch.db"
    pulse_file(url).write_text(json.dumps({"at": time.time(), "troubles": []}))
    pulse_file(url, "worker").write_text(json.dumps({"at": time.time() - 90, "troubles": []}))
    stuck = await shell.run("health")
    assert stuck.code == 1
    assert "has not been heard of for 9" in stuck.err


async def test_it_makes_no_database(shell):
    await shell.run("health")
    assert list(shell.folder.iterdir()) == []
