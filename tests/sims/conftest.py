"""Runs every simulation test on one torch thread, as the worker does."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def one_thread() -> None:
    """Set torch to one thread: two processes that are compared must add up in the same order."""
    import torch

    torch.set_num_threads(1)
