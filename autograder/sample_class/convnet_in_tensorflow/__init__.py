"""Sample answers to assignment 3. Their files are read, and never imported here."""

from __future__ import annotations

from pathlib import Path

from autograder.sample_class.answers import Answers, sources_in

_HERE = Path(__file__).parent
MISTAKEN = {
    "valid_padding": ["forward_propagation__valid"],
    "softmax_twice": ["forward_propagation__softmax"],
    "sums_the_cost": ["compute_cost__summed"],
    "never_trains": ["model__parameters_forgotten"],
    "reports_wishes": ["model__accuracies_made_up"],
}
"""Which wrong answers each of these samples gives; the rest of its answers are right."""


def answers(right: Answers) -> dict[str, Answers]:
    """Answers by student; ``right`` are the instructor's."""
    mistaken = sources_in(_HERE / "mistaken.py")
    return {
        "functional": sources_in(_HERE / "functional.py"),
        "subclassed": sources_in(_HERE / "subclassed.py"),
        "raw_tensorflow": sources_in(_HERE / "raw_tensorflow.py"),
        "half_done": {name: right[name] for name in list(right)[:3]},
        **{
            student: right | {name.split("__")[0]: mistaken[name] for name in names}
            for student, names in MISTAKEN.items()
        },
    }
