"""A worker that does not start."""


def main(parent: int) -> None:
    """Fail."""
    raise SystemExit(f"not today, {parent}")
