"""Without TensorFlow: a sentence on what to do, and everything else goes on."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest

from autograder.course import Course
from autograder.errors import CourseError
from autograder.frameworks import MissingFrameworkError, is_installed, require
from autograder.nbgrader.commands import enter_assignment
from tests.frameworks.hiding import run, without_tensorflow
from tests.in_tensorflow import ASSIGNMENT
from tests.submissions import REPOSITORY, save, solved, untouched

NAME = ASSIGNMENT.name
SENTENCE = "make tensorflow"


@pytest.fixture
def env(tmp_path):
    return without_tensorflow(tmp_path / "without")


@pytest.fixture
def course(tmp_path) -> Course:
    """A course with assignments 1 and 3, and a submission of each."""
    course = REPOSITORY.copy_to(tmp_path / "course")
    shutil.rmtree(course.root / "notebooks" / "convnet_in_numpy")
    shutil.copytree(REPOSITORY.root / "release", course.root / "release")
    for assignment in ("convolution_step_by_step", NAME):
        folder = course.root / "submitted" / "ada" / assignment
        save(untouched(assignment), folder / f"{assignment}.ipynb")
    return course


def said(done) -> str:
    assert "Traceback" not in done.stdout + done.stderr
    return " ".join((done.stdout + done.stderr).split())


def test_require_names_what_is_missing_and_what_to_do(monkeypatch):
    monkeypatch.setattr("autograder.frameworks.is_installed", lambda framework: False)
    with pytest.raises(MissingFrameworkError, match=r"^some_work needs TensorFlow\. .*make tensor"):
        require("tensorflow", "some_work")
    assert issubclass(MissingFrameworkError, CourseError)


def test_no_framework_is_always_there():
    assert is_installed("")
    assert not is_installed("no_such_framework_anywhere")
    require("")


@pytest.mark.parametrize("trust", [(), ("--trust-submissions",)])
def test_check_says_it(course, env, trust):
    notebook = course.root / "submitted" / "ada" / NAME / f"{NAME}.ipynb"
    done = run("autograder", "check", notebook, *trust, cwd=course.root, env=env)
    assert done.returncode == 1
    assert f"{NAME} needs TensorFlow. TensorFlow is not installed here." in said(done)
    assert SENTENCE in said(done)


def test_grade_says_it_and_gives_nobody_a_zero(course, env):
    done = run("autograder", "grade", NAME, cwd=course.root, env=env)
    assert done.returncode == 1
    assert SENTENCE in said(done)
    assert not (course.root / "autograded").exists()
    other = run("autograder", "grade", "convolution_step_by_step", cwd=course.root, env=env)
    assert other.returncode == 0, said(other)


def test_nbgrader_s_own_command_says_it_and_gives_nobody_a_zero(course, env):
    enter_assignment(course, NAME)
    done = run("nbgrader", "autograde", NAME, cwd=course.root, env=env)
    assert done.returncode == 1
    assert SENTENCE in " ".join((done.stdout + done.stderr).split())
    assert not (course.root / "autograded" / "ada" / NAME).exists()


def test_release_builds_all_but_the_solutions(course, env):
    shutil.rmtree(course.root / "notebooks" / "convolution_step_by_step")
    shutil.rmtree(course.root / "release")
    kept = course.root / "solutions" / NAME
    kept.mkdir(parents=True)
    (kept / "kept.txt").write_text("as it was")
    done = run("autograder", "release", cwd=course.root, env=env)
    assert done.returncode == 0
    assert f"{NAME}: no solutions. TensorFlow is not installed here." in said(done)
    for path in (f"{NAME}.ipynb", "numpy_network/layers.py", "data/signs.h5"):
        assert (course.root / "release" / NAME / path).is_file()
    assert (kept / "kept.txt").read_text() == "as it was"
    checked = run("autograder", "release", "--check", cwd=course.root, env=env)
    assert checked.returncode == 0, said(checked)
    assert f"The solutions of {NAME} were not looked at" in said(checked)


def test_expected_outputs_are_left_as_they_are(course, env):
    done = run("autograder", "expected", "--check", cwd=course.root, env=env)
    assert done.returncode == 0
    assert f"{NAME}: not checked. TensorFlow is not installed here." in said(done)
    own = run("autograder", "expected", "--seed", 7, cwd=course.root, env=env)
    assert own.returncode == 0
    assert f"{NAME}: not made." in said(own)
    assert not (course.root / "secret" / f"{NAME}.h5").exists()
    assert (course.root / "secret" / "convolution_step_by_step.h5").exists()


def test_make_mistakes_leaves_it_out(env):
    code = (
        "from autograder.mistakes import matrix\n"
        "from autograder.exercises import assignments\n"
        f"matrix.assignments = lambda: {{{NAME!r}: assignments()[{NAME!r}]}}\n"
        "matrix.main()"
    )
    done = run("python", "-c", code, cwd=REPOSITORY.root, env=env)
    assert done.returncode == 0
    assert f"{NAME}: left out. TensorFlow is not installed here." in said(done)


def test_the_notebook_says_it_in_its_first_cell_and_nothing_else(tmp_path, env):
    folder = tmp_path / NAME
    shutil.copytree(REPOSITORY.root / "release" / NAME, folder)
    notebook = nbformat.read(folder / f"{NAME}.ipynb", as_version=4)
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    script = tmp_path / "first_cell.ipy"
    script.write_text(first.source.replace("%matplotlib inline\n", ""))
    done = run("ipython", "--no-banner", "--colors=nocolor", script, cwd=folder, env=env)
    words = said(done)
    assert words.startswith("This assignment needs TensorFlow, which is not installed here.")
    assert "pip install 'tensorflow-cpu>=2.21,<2.22'" in words
    assert words.endswith("Assignments 1 and 2 do without it.")


def test_tests_are_skipped_with_the_sentence(env):
    file = "tests/tensorflow_kit/test_plain.py"
    words = ("-m", "pytest", "-q", "-p", "no:cacheprovider", file)
    done = run("python", *words, cwd=REPOSITORY.root, env=env)
    assert done.returncode == 0, done.stdout
    assert SENTENCE in said(done)
    assert " passed" not in done.stdout


ASIDE = """
import sys
from autograder.cli import main

sys.argv = ["autograder", *sys.argv[1:]]
try:
    main()
finally:
    assert not {"tensorflow", "keras"} & set(sys.modules), "TensorFlow was imported"
"""


@pytest.mark.parametrize("assignment", ["convolution_step_by_step", "convnet_in_numpy"])
def test_grading_assignments_1_and_2_never_imports_it(assignment, tmp_path):
    """Neither in the coordinator, nor where the submission runs."""
    course = REPOSITORY.copy_to(tmp_path / "course")
    notebook = solved(assignment)
    cell = nbformat.v4.new_code_cell(
        "import sys\nprint({'tensorflow', 'keras'} & set(sys.modules))"
    )
    notebook.cells.append(cell)
    save(notebook, course.root / "submitted" / "ada" / assignment / f"{assignment}.ipynb")
    done = run("python", "-c", ASIDE, "grade", assignment, cwd=course.root)
    assert done.returncode == 0, done.stdout + done.stderr
    graded = course.root / "autograded" / "ada" / assignment / f"{assignment}.ipynb"
    last = nbformat.read(graded, as_version=4).cells[-1]
    assert "".join(output.get("text", "") for output in last.outputs) == "set()\n"


def test_nothing_but_the_kit_and_wrong_code_imports_it():
    """Every other module of the package is imported without it."""
    root = Path(REPOSITORY.root, "autograder")
    names = [
        ".".join(path.relative_to(root.parent).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted(root.rglob("*.py"))
        if not {"tensorflow_kit", "wrong_code", "__pycache__"} & set(path.parts)
        and path.parent.name != NAME
    ]
    code = (
        "import importlib, sys\n"
        f"for name in {names!r}:\n"
        "    importlib.import_module(name)\n"
        "sys.exit(bool({'tensorflow', 'keras'} & set(sys.modules)))"
    )
    done = run("python", "-c", code, cwd=REPOSITORY.root)
    assert done.returncode == 0, done.stderr
