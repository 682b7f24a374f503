"""One damaged result is a damaged submission, whatever is in it, and never the report's end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from autograder.report.submission import DAMAGED, submission_of

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(10**400),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=8,
)
FIELDS = ("score", "status", "cases", "notes", "attention", "usage", "exercises", "mistake")


def damaged(value, field):
    case = {"name": "one", "verdict": "passed", "mistake": ""}
    exercise = {"score": 1.0, "status": "passed", "cases": [case], "notes": []}
    result = {"score": 1.0, "exercises": {"f": exercise}, "notes": [], "attention": []}
    judged = {"result": result, "usage": {"wall": 1.0, "cpu": 1.0, "memory": 1}}
    for part in (judged, result, exercise, case):
        if field in part:
            part[field] = value
    return judged


@given(ANYTHING, st.sampled_from(FIELDS))
def test_any_value_anywhere(value, field):
    found = submission_of("ada", damaged(value, field))
    assert found.score == 1 or found.reasons == (DAMAGED,) or field == "score"


def test_a_score_of_four_hundred_digits():
    assert submission_of("ada", damaged(10**400, "score")).reasons == (DAMAGED,)
