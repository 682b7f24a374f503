"""Who is who in a download: by number, by full name, and by the name behind a group's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from autograder.importing.identities import Roster, student_ids
from autograder.importing.layouts import Sender

ROSTER = Roster(
    {},
    {
        "ada example": "ada",
        "lena schmidt": "lena",
        "anna-lena schmidt": "anna",
        "ben müller-kurz": "ben",
    },
)


def ids(*names: str, roster: Roster = ROSTER) -> list[str]:
    """The ids of students with these names; their numbers are 1, 2, 3, …"""
    senders = [Sender(str(number), name) for number, name in enumerate(names, 1)]
    found = student_ids(senders, "moodle", {}, roster)
    return [found[each] for each in senders]


def test_the_name_behind_a_group_s_is_known() -> None:
    assert ids("Group A-Ada Example") == ["ada"]
    names = ("Group A-Ada Example", "Die-mit-dem-Hut-Ben Müller-Kurz", "Default group-Eve Neu")
    assert ids(*names) == ["ada", "ben", "Default_group-Eve_Neu_3"]


def test_a_hyphen_in_a_name_is_no_group_s() -> None:
    """Whoever has no group before the name shows that nobody has."""
    assert ids("Lisa-Lena Schmidt", "Ada Example") == ["Lisa-Lena_Schmidt_1", "ada"]
    assert ids("Lisa-Lena Schmidt", "Eve Neu") == ["Lisa-Lena_Schmidt_1", "Eve_Neu_2"]
    assert ids("Anna-Lena Schmidt", "Lisa-Ada Example") == ["anna", "Lisa-Ada_Example_2"]


def test_who_may_be_two_is_neither() -> None:
    assert ids("Group A-Anna-Lena Schmidt") == ["Group_A-Anna-Lena_Schmidt_1"]
    both = ids("Group A-Ada Example", "Group B-Ada Example")
    assert both == ["Group_A-Ada_Example_1", "Group_B-Ada_Example_2"]


@given(
    st.lists(st.sampled_from(["A", "A-B", "Group 7", "-"]), min_size=4, max_size=4),
    st.permutations(["Ada Example", "Lena Schmidt", "Ben Müller-Kurz", "Eve Neu"]),
)
def test_groups_change_nobody_s_id(groups: list[str], names: list[str]) -> None:
    plain = dict(zip(names, ids(*names), strict=True))
    grouped = ids(*(f"{group}-{name}" for group, name in zip(groups, names, strict=True)))
    for name, id in zip(names, grouped, strict=True):
        assert id == plain[name] or name == "Eve Neu"
