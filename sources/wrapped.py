"""Line breaks within a paragraph's source, which stand for a space, or in Chinese for nothing."""

import re

_HAN = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_WRAPPED_HAN = re.compile(rf"(?<=[{_HAN}])\s*\n\s*(?=[{_HAN}])")


def unwrapped(text: str) -> str:
    """Return the text in one line."""
    return _WRAPPED_HAN.sub("", text).replace("\n", " ")
