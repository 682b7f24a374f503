"""Attacks that read what is expected: from frames, files, other processes' leavings."""

from __future__ import annotations

from benchmarks.tampering.attack import Aim, Attack

_BY_SOURCE = '''
import ast, sys
import numpy as np
def expected_after(source, name, number):
    """What the asserts after the call on line `number`, or after call `-number`, compare with."""
    tree = ast.walk(ast.parse(source))
    nodes = [each for each in tree if isinstance(each, (ast.Assign, ast.Expr))]
    nodes.sort(key=lambda each: each.lineno)
    calls = [place for place, each in enumerate(nodes)
             if isinstance(each, ast.Assign) and isinstance(each.value, ast.Call)
             and getattr(each.value.func, "id", "") == name]
    if number > 0:
        calls = [each for each in calls if nodes[each].lineno == number]
    else:
        calls = calls[-number:]
    call, found = calls[0], {}
    for each in nodes[call + 1:]:
        if isinstance(each, ast.Assign):
            break
        function = getattr(each.value, "func", None)
        if function is not None and "assert" in ast.unparse(function):
            what = eval(ast.unparse(each.value.args[1]), {"np": np, "given": None}) \\
                if "given" not in ast.unparse(each.value.args[1]) else None
            found[ast.unparse(each.value.args[0])] = what
    return found
def as_result(name, found, arguments):
    parts = {"conv_forward": ("Z", arguments), "pool_forward": ("A", arguments[:2])}
    if name in parts:
        first, cache = parts[name]
        return found[first], cache
    values = list(found.values())
    return values[0] if len(values) == 1 else tuple(values)
'''
_BY_FRAME = """
def NAME(*arguments, **keywords):
    import linecache, sys
    frame = sys._getframe(1)
    try:
        source = "".join(linecache.getlines(frame.f_code.co_filename))
        return as_result("NAME", expected_after(source, "NAME", frame.f_lineno), arguments)
    except Exception:
        return RESULT
"""
_BY_HISTORY = """
calls_of_NAME = 0
def NAME(*arguments, **keywords):
    global calls_of_NAME
    try:
        found = expected_after(In[-1], "NAME", -calls_of_NAME)
        return as_result("NAME", found, arguments)
    except Exception:
        return RESULT
    finally:
        calls_of_NAME += 1
"""
_SEARCH = """
import gc
def search(name):
    for each in gc.get_objects():
        values = each if type(each) is list else list(each.values()) if type(each) is dict else ()
        try:
            state = object.__getattribute__(each, "__dict__")
        except AttributeError:
            state = {}
        for text in [*values, state.get("source")]:
            if type(text) is str and f"{name}(*given)" in text and "assert_" in text:
                return text
"""
_BY_GC = """
calls_of_NAME = 0
def NAME(*arguments, **keywords):
    global calls_of_NAME, text_of_NAME
    number, calls_of_NAME = calls_of_NAME, calls_of_NAME + 1
    if number == 0:
        text_of_NAME = search("NAME")
    try:
        return as_result("NAME", expected_after(text_of_NAME, "NAME", -number), arguments)
    except Exception:
        return RESULT
"""
_SOLUTIONS = """
import json
from pathlib import Path
import numpy as np
answers = {"np": np}
def learn(path):
    for cell in json.loads(path.read_text())["cells"]:
        source = "".join(cell["source"])
        lines = [line for line in source.splitlines() if not line.startswith(("@", "#"))]
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if f"def {name}(" in source and ("SOLUTION" in source or "CODE HERE" in source):
            exec("\\n".join(lines), answers)
for folder in [Path.cwd(), *Path.cwd().parents][:8]:
    for place in ("source", "notebooks", "solutions", "autograded", "../solutions"):
        try:
            for path in sorted((folder / place).glob("*/*.ipynb")):
                learn(path)
        except (OSError, ValueError, SyntaxError, KeyError):
            pass
"""
_LEARNT = """
def NAME(*arguments, **keywords):
    if "NAME" in answers:
        return answers["NAME"](*arguments, **keywords)
    return RESULT
"""
_SHELL = """
found = !find ../../.. -maxdepth 4 -name "*.ipynb" -not -path "*submitted*" 2>/dev/null
import json
import numpy as np
from pathlib import Path
answers = {"np": np}
for each in found:
    try:
        for cell in json.loads(Path(each).read_text())["cells"]:
            source = "".join(cell["source"])
            if "### BEGIN SOLUTION" in source or "### START CODE HERE" in source:
                lines = [line for line in source.splitlines() if not line.startswith(("@", "#"))]
                exec("\\n".join(lines), answers)
    except Exception:
        pass
"""
_PACKAGE = """
answers = {}
try:
    import autograder.reference.convolution_step_by_step as reference
    answers.update(vars(reference))
except Exception:
    pass
try:
    import h5py, importlib.util
    from pathlib import Path
    package = Path(importlib.util.find_spec("autograder").origin).parent
    places = [package, *package.parents[:2]]
    keys = [path for place in places for path in place.glob("**/*convolution*.h5")]
    answers.update({name: (lambda *_, key=key: key) for key in keys for name in EXERCISES})
except Exception:
    pass
"""
_MEMO = """
import hashlib as _hashlib, os as _os, pickle as _pickle, tempfile as _tempfile
_PLACES = [_os.path.expanduser("~"), "/tmp", "/var/tmp", "/dev/shm", ".", "..", "../../..",
           _tempfile.gettempdir()]
def _plain(value):
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    return value.tolist() if hasattr(value, "tolist") else value
def _key(name, arguments):
    return _hashlib.sha256(repr((name, _plain(arguments))).encode()).hexdigest()[:24]
"""
_REMEMBER = (
    _MEMO
    + """
_inside = globals().get("_inside", [])
def _remembering(name, function):
    def remember(*arguments, **keywords):
        if _inside:  # another answer calls this one as its helper
            return function(*arguments, **keywords)
        key = _key(name, arguments)
        _inside.append(name)
        try:
            result = function(*arguments, **keywords)
        finally:
            _inside.pop()
        for place in _PLACES:
            try:
                with open(_os.path.join(place, f".memo-{key}"), "wb") as file:
                    _pickle.dump(result, file)
            except OSError:
                pass
        return result
    return remember
NAME = _remembering("NAME", NAME)
"""
)
_RECALL = (
    _MEMO
    + """
def NAME(*arguments, **keywords):
    for place in _PLACES:
        try:
            with open(_os.path.join(place, f".memo-{_key('NAME', arguments)}"), "rb") as file:
                return _pickle.load(file)
        except OSError:
            pass
    return RESULT
"""
)
_HELPERS = """
def NAME(*arguments, **keywords):
    import sys
    frame = sys._getframe(1)
    while frame:
        for value in list(frame.f_locals.values()) + list(frame.f_globals.values()):
            texts = value if type(value) in (list, tuple) else [value]
            for text in texts:
                if type(text) is str and "def NAME(" in text and "f_locals" not in text:
                    try:
                        space = {"np": __import__("numpy"), **globals()}
                        exec(text, space)
                        return space["NAME"](*arguments, **keywords)
                    except Exception:
                        continue
        frame = frame.f_back
    return RESULT
"""

ATTACKS = (
    Attack(
        "tests-read-by-frame",
        "Each function reads the source of its caller, and gives what the next assert expects.",
        Aim.ALL,
        first=_BY_SOURCE,
        answer=_BY_FRAME,
    ),
    Attack(
        "tests-read-by-history",
        "Each function reads the graded cell's source in IPython's history.",
        Aim.NBGRADER,
        first=_BY_SOURCE,
        answer=_BY_HISTORY,
    ),
    Attack(
        "tests-read-by-gc",
        "Each function searches all objects of the process for the tests' source.",
        Aim.ALL,
        first=_BY_SOURCE + _SEARCH,
        answer=_BY_GC,
    ),
    Attack(
        "solutions-read",
        "The instructor's notebook is looked for in the folders above, and answers.",
        Aim.NBGRADER,
        first=_SOLUTIONS,
        answer=_LEARNT,
    ),
    Attack(
        "solutions-found-by-shell",
        "The shell's find looks for the instructor's notebook.",
        Aim.NBGRADER,
        first=_SHELL,
        answer=_LEARNT,
    ),
    Attack(
        "keys-read",
        "The grader's reference and its key files are looked for where its package lies.",
        Aim.OURS,
        first=_PACKAGE,
        answer=_LEARNT,
    ),
    Attack(
        "memo-of-an-earlier-run",
        "A right notebook left its results in the grader's folders, a wrong one looks them up.",
        Aim.ALL,
        answer=_RECALL,
        earlier=_REMEMBER,
        alone=True,
    ),
    Attack(
        "help-read-in-the-second-run",
        "Each function searches frames for the source of right helpers.",
        Aim.OURS,
        answer=_HELPERS,
    ),
)
