"""Pictures and documents, there and back."""

from sandbox.files import LARGEST_DOWNLOAD, StoredFile
from sandbox.methods.sending import caption_content, post, writable
from sandbox.methods.words import read_caption
from sandbox.parameters import Parameters, Upload
from sandbox.refusal import bad_request
from sandbox.values import Json
from sandbox.world import World


def send_photo(world: World, call: Parameters) -> Json:
    """sendPhoto."""
    chat = writable(world, call)
    words = read_caption(call)
    upload, known = _given(world, call, "photo")
    stored = known or world.files.add_photo(upload.file_name, upload.content)
    return post(world, call, chat, {"photo": stored.photo()} | caption_content(words))


def send_document(world: World, call: Parameters) -> Json:
    """sendDocument."""
    chat = writable(world, call)
    words = read_caption(call)
    upload, known = _given(world, call, "document")
    stored = known or world.files.add(upload.file_name, upload.mime_type, upload.content)
    return post(world, call, chat, {"document": stored.document()} | caption_content(words))


_NOTHING = Upload(file_name="", mime_type="", content=b"")


def _given(world: World, call: Parameters, name: str) -> tuple[Upload, StoredFile | None]:
    """What came as an upload, or the known file that the bot names by its id."""
    upload = call.uploads.get(name) or call.uploads.get(call.text(name).removeprefix("attach://"))
    if upload is not None:
        return upload, None
    wanted = call.text(name)
    if not wanted:
        raise bad_request(f"there is no {name} in the request")
    if wanted.startswith(("http://", "https://")):
        # Telegram would fetch it; the sandbox goes nowhere.
        raise bad_request("failed to get HTTP URL content")
    stored = world.files.by_id(wanted)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return _NOTHING, stored


def get_file(world: World, call: Parameters) -> Json:
    """getFile: where a file can be loaded from."""
    stored = world.files.by_id(call.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.content) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.content),
        "file_path": stored.path,
    }
