"""The rules of a review: validated, named by their content, written and read back."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.policy import Policy, policy_from_json

STEPS = st.lists(st.integers(min_value=1, max_value=86_399), max_size=4).map(tuple)
POLICIES = st.builds(
    Policy,
    retention=st.floats(min_value=0.70, max_value=0.99),
    learning_steps=STEPS,
    relearning_steps=STEPS,
    maximum_interval=st.integers(min_value=1, max_value=36_500),
    fuzz=st.booleans(),
)


@pytest.mark.parametrize(
    ("rules", "what"),
    [
        ({"retention": 0.69}, "retention is 0.69: it takes 0.7 to 0.99"),
        ({"retention": 1.5}, "retention"),
        ({"retention": 0.0}, "retention"),
        ({"retention": math.nan}, "retention"),
        ({"learning_steps": (0,)}, "learning_steps holds 0 s"),
        ({"learning_steps": (60, 86_400)}, "learning_steps holds 86400 s"),
        ({"relearning_steps": (-5,)}, "relearning_steps holds -5 s"),
        ({"maximum_interval": 0}, "maximum_interval is 0"),
        ({"maximum_interval": 36_501}, "maximum_interval is 36501"),
    ],
)
def test_what_the_scheduler_cannot_use_is_refused(rules: dict[str, Any], what: str) -> None:
    """Each rule has a range, and the message names the rule and the value."""
    with pytest.raises(ValueError, match=what):
        Policy(**rules)


@pytest.mark.parametrize("retention", [0.70, 0.90, 0.99])
def test_the_ends_of_the_range_are_taken(retention: float) -> None:
    """Desired retention goes from 0.70 to 0.99, both included."""
    assert Policy(retention=retention).retention == retention


@given(POLICIES)
def test_a_policy_is_read_back_as_it_was(policy: Policy) -> None:
    """What the log keeps is the whole policy, under the same name."""
    back = policy_from_json(policy.to_json())
    assert back == policy
    assert back.id == policy.id


@given(POLICIES, POLICIES)
def test_two_policies_have_one_name_only_where_they_are_equal(one: Policy, other: Policy) -> None:
    """The name says the content, so that two devices agree on it."""
    assert (one.id == other.id) == (one == other)


def test_the_name_of_the_default_policy_stays() -> None:
    """Logs in the field name their rules by this: it may not change unless the rules do."""
    assert Policy().id == "ba68e1940b0b"
