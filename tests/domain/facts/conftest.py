"""Here the rules are held to what they say, by themselves: without what is learnt beside them."""

import pytest

from domain.facts.learnt import verdict


@pytest.fixture(autouse=True)
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdict, "TRUST", None)
