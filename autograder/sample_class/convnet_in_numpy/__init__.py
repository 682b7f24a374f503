"""Sample answers to assignment 2."""

from __future__ import annotations

from autograder.sample_class.answers import Answers, source_of
from autograder.sample_class.convnet_in_numpy import mistaken, other_ways

MISTAKEN = {
    "stride_ignored": ["pool_forward_fast__stride_ignored", "sliding_windows__stride_ignored"],
    "changes_inputs": ["relu__in_place"],
    "copies_windows": ["sliding_windows__copied"],
    "in_loops": ["conv_forward_fast__in_loops"],
    "sums_the_cost": ["softmax_cross_entropy__summed"],
    "without_correction": ["adam_step__no_bias_correction"],
    "drops_the_last_batch": ["mini_batches__last_one_dropped"],
}
"""Which wrong answers each of these samples gives; the rest of its answers are right."""

OTHER_WAYS = ("conv_forward_fast", "pool_forward_fast", "dense_forward", "relu", "xavier_uniform")


def answers(right: Answers) -> dict[str, Answers]:
    """Answers by student; ``right`` are the instructor's."""
    return {
        "vectorised": right | {name: source_of(other_ways, name) for name in OTHER_WAYS},
        "half_done": {name: right[name] for name in list(right)[:9]},
        **{
            student: right | {name.split("__")[0]: source_of(mistaken, name) for name in names}
            for student, names in MISTAKEN.items()
        },
    }
