"""Right answers of every kind get full points, also with a secret seed of the course's own."""

from __future__ import annotations

import inspect

import pytest

from autograder import grade_notebook
from autograder.expected import compute_key, own_key_path, save_key
from autograder.sample_class.convolution_step_by_step import mistaken, vectorised
from tests.submissions import ASSIGNMENT, EXERCISES, REPOSITORY, new_course, save, solved


def test_vectorised_answers(tmp_path):
    answers = {name: inspect.getsource(getattr(vectorised, name)) for name in EXERCISES}
    assert grade_notebook(save(solved(**answers), tmp_path / "vectorised.ipynb")).score == 100


def test_the_published_float_of_b(tmp_path):
    """``Z = np.sum(s); Z = Z + float(b)`` is right under the pinned NumPy."""
    name = "conv_single_step__float_of_array"
    source = inspect.getsource(getattr(mistaken, name)).replace(name, "conv_single_step")
    assert "Z = np.sum(s)\n    Z = Z + float(b)" in source
    path = save(solved(conv_single_step=source), tmp_path / "published.ipynb")
    assert grade_notebook(path).score == 100


@pytest.mark.parametrize("which", ["solutions", "release"])
def test_the_committed_notebooks(which):
    path = REPOSITORY.root / which / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    assert grade_notebook(path).score == {"solutions": 100, "release": 0}[which]


def test_a_secret_seed_has_other_cases_and_the_same_verdicts(tmp_path):
    course = new_course(tmp_path / "course")
    assignment = course.assignment(ASSIGNMENT)
    save_key(compute_key(assignment, seed=314159), own_key_path(assignment, course.root))
    wrong = mistaken.pool_backward__stride_ignored.__name__
    source = inspect.getsource(getattr(mistaken, wrong)).replace(wrong, "pool_backward")
    path = save(solved(pool_backward=source), tmp_path / "wrong.ipynb")
    own = grade_notebook(path, course=course)
    default = grade_notebook(path)
    assert own.score == default.score == 85
    details = [r.exercises["pool_backward"].cases[2].details for r in (own, default)]
    assert details[0] != details[1]
