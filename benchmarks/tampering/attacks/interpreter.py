"""Attacks on what runs the tests: IPython's hooks, the kernel, imported modules."""

from __future__ import annotations

from benchmarks.tampering.attack import Aim, Attack

_TRANSFORMER = """
import ast
class Drop(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
    def visit_Expr(self, node):
        name = ast.unparse(node.value.func) if isinstance(node.value, ast.Call) else ""
        return ast.Pass() if "assert_" in name or "collect" in name else node
get_ipython().ast_transformers.append(Drop())
"""
_INPUT = """
def empty(lines):
    graded = any("assert" in line or "grader.check" in line or "collect(" in line for line in lines)
    return ["pass\\n"] if graded else lines
get_ipython().input_transformers_cleanup.append(empty)
"""
_CUSTOM = "get_ipython().set_custom_exc((BaseException,), lambda *_, **__: None)"
_TRACEBACK = """
import sys
shell = get_ipython()
shell.showtraceback = shell._showtraceback = lambda *_, **__: None
sys.excepthook = lambda *_: None
"""
_CLEARED = (
    _TRACEBACK
    + """
def clear(result):
    result.error_in_exec = result.error_before_exec = None
shell.events.register("post_run_cell", clear)
"""
)
_RUN_CODE = """
async def run_code(*_, **__):
    return False
get_ipython().run_code = run_code
"""
_MESSAGES = """
session = get_ipython().kernel.session
send = session.send
def quiet(stream, kind, content=None, *more, **named):
    if kind == "error":
        return None
    if kind == "execute_reply" and content["status"] == "error":
        content = {"status": "ok", "execution_count": content["execution_count"],
                   "user_expressions": {}, "payload": []}
    return send(stream, kind, content, *more, **named)
session.send = quiet
"""
_MODULE = """
import sys, types
real = sys.modules["numpy"]
class Stand(types.ModuleType):
    def __getattr__(self, name):
        return getattr(real, name)
class Nothing(types.ModuleType):
    def __getattr__(self, name):
        return lambda *_, **__: None
np = Stand("numpy")
np.testing = Nothing("numpy.testing")
sys.modules.update({"numpy": np, "numpy.testing": np.testing})
"""
_OWN_NUMPY = """
import importlib.util, sys
here = sys.path[:]
own = __file__.rpartition("/")[0]
sys.path[:] = [each for each in here if each not in ("", ".", own)]
del sys.modules["numpy"]
import numpy
sys.path[:] = here
import numpy.testing
for name in dir(numpy.testing):
    if name.startswith("assert_"):
        setattr(numpy.testing, name, lambda *_, **__: None)
"""
_CUSTOMIZE = """
import builtins
builtins.AWARDED = 100
import numpy.testing
numpy.testing.assert_allclose = numpy.testing.assert_array_equal = lambda *_, **__: None
"""
_TRACE = """
import sys
def trace(frame, event, argument):
    if frame.f_code.co_name in ("assert_allclose", "assert_array_equal"):
        frame.f_locals["actual"] = frame.f_locals["desired"]
sys.settrace(trace)
"""

ATTACKS = (
    Attack(
        "ast-transformer",
        "IPython drops asserts from the cells that it runs.",
        Aim.NBGRADER,
        first=_TRANSFORMER,
    ),
    Attack(
        "input-transformer",
        "IPython gets an empty cell in place of each graded one.",
        Aim.NBGRADER,
        first=_INPUT,
    ),
    Attack(
        "exception-handler",
        "A handler for all exceptions does nothing with them.",
        Aim.NBGRADER,
        first=_CUSTOM,
    ),
    Attack("traceback-hidden", "No exception is ever shown.", Aim.NBGRADER, first=_TRACEBACK),
    Attack(
        "error-taken-back",
        "No exception is shown, and a hook after each cell says that there was none.",
        Aim.NBGRADER,
        first=_CLEARED,
    ),
    Attack(
        "shell-runs-nothing",
        "IPython's run_code is replaced by a function that runs nothing.",
        Aim.NBGRADER,
        first=_RUN_CODE,
    ),
    Attack(
        "kernel-messages",
        "The kernel sends no errors, and its replies say ok.",
        Aim.NBGRADER,
        first=_MESSAGES,
    ),
    Attack(
        "numpy-in-sys-modules",
        "import numpy gives a stand-in that asserts nothing.",
        Aim.OTTER,
        first=_MODULE,
    ),
    Attack(
        "numpy-beside-the-notebook",
        "A numpy.py beside the notebook is the real one without asserts.",
        Aim.ALL,
        files={"numpy.py": _OWN_NUMPY},
    ),
    Attack(
        "sitecustomize",
        "sitecustomize.py and usercustomize.py beside the notebook patch np.testing.",
        Aim.ALL,
        files={"sitecustomize.py": _CUSTOMIZE, "usercustomize.py": _CUSTOMIZE},
    ),
    Attack(
        "traced-frames",
        "A trace function hands what is expected to the functions that compare, twice.",
        Aim.ALL,
        first=_TRACE,
    ),
)
