"""Pictures and files, there and back."""

import pytest
from telegram import (
    Bot,
    InputFile,
)
from telegram.error import (
    BadRequest,
    NetworkError,
)

from sandbox.cast import READER_ID
from sandbox.server import Sandbox
from tests.sandbox.builders import a_picture


async def test_a_picture_travels_there_and_back(sandbox: Sandbox, bot: Bot):
    sandbox.say(READER_ID, "hello")
    picture = a_picture(40, 30)
    sent = await bot.send_photo(READER_ID, picture, caption="<i>chart</i>", parse_mode="HTML")
    assert (sent.photo[0].width, sent.photo[0].height) == (40, 30)
    assert sent.caption_html == "<i>chart</i>"
    loaded = await (await bot.get_file(sent.photo[0].file_id)).download_as_bytearray()
    assert bytes(loaded) == picture
    again = await bot.send_photo(READER_ID, sent.photo[0].file_id)
    assert again.photo[0].file_unique_id == sent.photo[0].file_unique_id


async def test_a_document_keeps_its_name_and_kind(sandbox: Sandbox, bot: Bot):
    sandbox.say(READER_ID, "hello")
    file = InputFile(b"a,b\n1,2\n", filename="事实.csv")
    sent = await bot.send_document(READER_ID, file, caption="facts")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("事实.csv", 8)
    assert sent.document.mime_type == "text/csv"


async def test_a_file_from_a_person_can_be_loaded(sandbox: Sandbox, bot: Bot):
    document = {"file_name": "feeds.opml", "content": "<opml/>"}
    sandbox.say(READER_ID, "/importopml", document=document)
    [update] = await bot.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.document is not None
    assert update.message.caption == "/importopml"
    loaded = await update.message.document.get_file()
    assert bytes(await loaded.download_as_bytearray()) == b"<opml/>"


async def test_pictures_and_files_are_held_to_telegrams_bounds(sandbox: Sandbox, bot: Bot):
    sandbox.say(READER_ID, "hello")
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(READER_ID, b"no picture")
    with pytest.raises(BadRequest, match="Photo_invalid_dimensions"):
        await bot.send_photo(READER_ID, a_picture(210, 10))
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(READER_ID, b"")
    with pytest.raises(BadRequest, match="Wrong file identifier"):
        await bot.send_document(READER_ID, "no-such-file")
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_document(READER_ID, bytes(50 * 1024 * 1024 + 1))
