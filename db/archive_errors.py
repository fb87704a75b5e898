"""What goes wrong with archives; apart, so that it is caught without loading what makes them."""


class ArchiveFailed(Exception):
    """An archive was not made or not loaded; the text says why and what to do."""
