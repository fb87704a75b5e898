"""What can go wrong with a backup."""


class BackupFailed(Exception):
    """It was not made, or not restored; the text is one line: what, why, what to do."""
