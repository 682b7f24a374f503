"""Sample answers to assignment 1."""

from __future__ import annotations

from autograder.sample_class.answers import Answers, source_of
from autograder.sample_class.convolution_step_by_step import mistaken, vectorised

MISTAKEN = {
    "stride_ignored": ["conv_forward__stride_ignored", "pool_backward__stride_ignored"],
    "pads_every_axis": ["zero_pad__every_axis"],
    "arrays_and_values": ["conv_single_step__array", "create_mask_from_window__the_maximum"],
    "without_padding": ["conv_backward__empty_slice_without_padding"],
    "undivided": ["distribute_value__undivided"],
    "changes_inputs": ["pool_forward__changes_its_input"],
    "float_of_array": ["conv_single_step__float_of_array"],
    "never_ends": ["conv_forward__never_ends"],
    "ends_the_process": ["pool_forward__ends_the_process"],
}
"""Which wrong answers each of these samples gives; the rest of its answers are right."""


def answers(right: Answers) -> dict[str, Answers]:
    """Answers by student; ``right`` are the instructor's."""
    return {
        "vectorised": {name: source_of(vectorised, name, name) for name in right},
        "half_done": {name: right[name] for name in list(right)[:4]},
        **{
            student: right | {name.split("__")[0]: source_of(mistaken, name) for name in names}
            for student, names in MISTAKEN.items()
        },
    }
