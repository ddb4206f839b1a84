"""Collecting garbage rarely, for a while."""

import gc

from elkk_adapters.collecting import rare_collections


def test_collector_looks_seldom_for_a_while() -> None:
    """Inside, what was there before is left alone; afterwards all is as it was."""
    before = gc.get_threshold()

    with rare_collections():
        assert before < gc.get_threshold()
        assert gc.get_freeze_count() > 0

    assert before == gc.get_threshold()
    assert gc.get_freeze_count() == 0
