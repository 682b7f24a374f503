"""What a notebook finds around it: figures, random states, its files and its folder."""

from __future__ import annotations

import pytest

from autograder.execution.faults import fault_of
from autograder.sandbox.supervisor import SandboxError
from tests.sandbox.cells import errors, printed, run, run_one, said

PLOT = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\n"


def _images(cell):
    return [each for each in cell.outputs if "image/png" in each.get("data", {})]


@pytest.mark.parametrize("end", ["plt.show()", "pass", "plt.gcf()"])
@pytest.mark.parametrize("begin", ["", "%matplotlib inline\n", "%matplotlib notebook\n"])
def test_figures_are_drawn_only_when_asked_for(begin, end):
    if end == "plt.gcf()":
        begin += "plt = __import__('matplotlib.pyplot').pyplot; plt.ioff()\n"
    assert _images(run_one(begin + PLOT + end, figures=True))
    assert not _images(run_one(begin + PLOT + end, figures=False))


def test_each_cell_shows_its_own_figures_once():
    first, second = run(PLOT + "plt.show()", PLOT + "plt.figure()\n" + PLOT, figures=True)
    assert (len(_images(first)), len(_images(second))) == (1, 2)


@pytest.mark.parametrize("backend", ["TkAgg", "QtAgg", "GTK4Agg", "MacOSX", "webagg", "agg"])
@pytest.mark.parametrize("figures", [True, False])
def test_backends_with_windows_do_no_harm(backend, figures):
    source = f"import matplotlib\ntry: matplotlib.use('{backend}')\nexcept ImportError: pass\n"
    plotted, after = run(source + PLOT + "plt.show()", "print('on')", figures=figures)
    assert fault_of(plotted) is None
    assert printed(after) == "on\n"


@pytest.mark.parametrize("magic", ["%matplotlib tk", "%gui qt", "%matplotlib widget", "%pylab"])
def test_magics_for_windows_do_no_harm(magic):
    asked, after = run(magic, "print('on')")
    assert fault_of(asked) is None
    assert printed(after) == "on\n"


def test_a_figure_can_be_saved_although_none_is_drawn():
    assert said(PLOT + "plt.savefig('plot.png')\nprint(open('plot.png', 'rb').read(4))") == (
        "b'\\x89PNG'"
    )


RANDOM = """
import random, numpy as np
print(random.random(), np.random.rand(), np.random.randn())
"""


def test_random_states_are_the_seeds():
    assert said(RANDOM, seed=1) == said(RANDOM, seed=1)
    assert said(RANDOM, seed=1) != said(RANDOM, seed=2)
    assert said(RANDOM, seed=2**40) != said(RANDOM, seed=0)


def test_fresh_generators_differ_from_run_to_run():
    source = "import numpy as np, os; print(np.random.default_rng().random(), os.urandom(4))"
    assert said(source) != said(source)


def test_sets_are_in_the_same_order_in_every_run():
    source = "print({str(i) for i in range(50)})"
    assert said(source) == said(source)


def test_files_lie_in_the_working_folder():
    files = {"data/a.csv": b"1,2\n", "empty": b"", "Ünïcode name.txt": b"\xff\x00"}
    source = (
        "import os\nprint(sorted(os.listdir()))\nprint(open('data/a.csv').read(), end='')\n"
        "print(open('Ünïcode name.txt', 'rb').read())"
    )
    assert said(source, files=files).splitlines() == [
        "['data', 'empty', 'Ünïcode name.txt']",
        "1,2",
        "b'\\xff\\x00'",
    ]


def test_the_working_folder_can_be_written_and_left():
    first, second = run(
        "import os\nopen('mine.txt', 'w').write('kept');\nos.mkdir('sub'); os.chdir('sub')",
        "print(open('../mine.txt').read())",
    )
    assert not errors(first)
    assert printed(second) == "kept\n"


def test_temporary_and_home_folders_can_be_written():
    source = (
        "import tempfile, pathlib\n"
        "with tempfile.NamedTemporaryFile() as file: print(file.write(b'x'))\n"
        "print((pathlib.Path.home() / 'notes').write_text('abc'))"
    )
    assert said(source) == "1\n3"


def test_own_modules_can_be_imported():
    assert said("import mine; print(mine.x)", files={"mine.py": b"x = 5"}) == "5"
    assert said("from pack import part; print(part.y)", files={"pack/part.py": b"y = 6"}) == "6"


def test_a_file_named_like_numpy_harms_nobody():
    """Row 15: NumPy is loaded before the submission's files are there."""
    shadows = dict.fromkeys(("numpy.py", "random.py", "h5py.py"), b"raise SystemExit('shadow')")
    shadows["sitecustomize.py"] = shadows[".ipython/profile_default/startup/00.py"] = b"1 / 0"
    assert said("import numpy as np; print(np.ones(2).sum())", files=shadows) == "2.0"
    assert said("import numpy as np; print(np.zeros(2).sum())") == "0.0"


def test_the_variables_of_one_run_are_not_in_the_next():
    said("earlier_run = 1\nimport numpy; numpy.earlier_run = 1")
    source = "import numpy\nprint(hasattr(numpy, 'earlier_run'), 'earlier_run' in globals())"
    assert said(source) == "False False"


def test_nothing_of_the_warming_up_is_left():
    source = (
        "print({'plt', 'np', 'numpy', 'HTML', 'f', 'warnings', '_1'} & set(globals()), len(Out))"
    )
    assert said(source) == "set() 0"


def test_files_that_do_not_fit_are_no_fault_of_the_notebook():
    """More than fits is the grader's own mistake, and is said so, not blamed on the student."""
    from autograder.execution.limits import Limits
    from autograder.sandbox.supervisor import SandboxError

    with pytest.raises(SandboxError, match="No space left"):
        run("1", files={"big": bytes(300_000)}, limits=Limits(files=100_000))


@pytest.mark.parametrize("name", ["../outside", "/outside", "inside/../../outside"])
def test_a_file_outside_the_submissions_folder_is_refused(name):
    with pytest.raises(SandboxError, match="outside its folder"):
        run("1", files={name: b"x"})
