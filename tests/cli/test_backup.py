"""`pilotwatch backup` and `restore`, as a shell calls them."""


async def test_a_backup_is_written_and_restored(shell):
    await shell.run("migrate")
    made = await shell.run("backup", "copy.db")
    assert made.code == 0
    assert made.out.startswith("Written and checked: copy.db")
    refused = await shell.run("restore", "copy.db")
    assert refused.code == 2
    assert "say --yes" in refused.err
    restored = await shell.run("restore", "copy.db", "--yes")
    assert restored.code == 0
    assert "is kept: " in restored.out


async def test_what_cannot_be_backed_up_or_restored_is_one_line(shell):
    nothing = await shell.run("backup", "copy.db")
    assert (nothing.code, nothing.err.count("\n")) == (1, 1)
    nowhere = await shell.run("restore", "copy.db")
    assert (nowhere.code, nowhere.err.count("\n")) == (2, 1)
    (shell.folder / "copy.db").write_text("no database")
    wrong = await shell.run("restore", "copy.db", "--yes")
    assert (wrong.code, wrong.err.count("\n")) == (1, 1)
    assert "is not a backup" in wrong.err


async def test_a_folder_that_is_not_there_is_said(shell):
    await shell.run("migrate")
    ended = await shell.run("backup", "nowhere/copy.db")
    assert ended.code == 1
    assert ended.err.count("\n") == 1
    assert "nowhere/copy.db cannot be used: No such file or directory" in ended.err


async def test_a_terminal_shows_how_far_a_backup_and_a_round_are_and_a_log_file_does_not(shell):
    await shell.run("migrate")
    for command in (("backup", "copy.db"), ("poll", "--once")):
        quiet = await shell.run(*command)
        watched = await shell.run(*command, TTY_COMPATIBLE="1")
        assert (quiet.code, quiet.err) == (0, "")
        assert watched.code == 0
        assert ("Writing" if command[0] == "backup" else "Reading") in watched.err
        assert (
            watched.out.splitlines()[0].split(" (")[0] == quiet.out.splitlines()[0].split(" (")[0]
        )
