"""The one failure that the rooms above know of; alone here, since a driver takes long to load."""


class DatabaseUnavailable(Exception):
    """The database cannot be used; the text says which one, why, and what to do."""
