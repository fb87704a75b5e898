import gc

from bot.process import keep_for_good


def test_what_is_here_when_the_bot_is_ready_is_not_looked_through_for_garbage_again():
    try:
        keep_for_good()
        assert gc.get_freeze_count() > 10_000
        assert len(gc.get_objects()) < 1_000
    finally:
        gc.unfreeze()
