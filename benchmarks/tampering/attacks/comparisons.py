"""Attacks on how results are compared: patched functions, and results that agree to everything."""

from __future__ import annotations

from benchmarks.tampering.attack import Aim, Attack

_TESTING = """
import numpy as np
for name in dir(np.testing):
    if name.startswith("assert_"):
        setattr(np.testing, name, lambda *_, **__: None)
"""
_ISCLOSE = """
import numpy as np
def yes(*_, **__):
    return np.True_
for module in (np, np._core.numeric):
    for name in ("allclose", "isclose", "array_equal", "array_equiv"):
        setattr(module, name, yes)
"""
_EQUAL = """
import numpy as np
class Equal(np.ndarray):
    def __array_ufunc__(self, ufunc, method, *inputs, **_):
        return np.bool_(ufunc.__name__ in ("equal", "less_equal", "isfinite", "logical_and"))
    def __array_function__(self, function, *_):
        return np.True_
    def __eq__(self, other):
        return np.True_
    def __ne__(self, other):
        return np.False_
    __hash__ = None
"""
_ALWAYS = """
class Always:
    __hash__ = None
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
    def __abs__(self): return 0.0
    def __float__(self): return 0.5
    def __len__(self): return 1
"""
_FILLED = """
import sys
import numpy as np
class Filled:
    def __array__(self, *_, **__):
        frame = sys._getframe(1)
        while frame:
            for name in ("desired", "expected", "y"):
                if isinstance(frame.f_locals.get(name), (np.ndarray, float)):
                    return np.array(frame.f_locals[name])
            frame = frame.f_back
        return np.array(0.5)
"""
_ZEROS = """
import numpy as np
np.array = np.asarray = np.asanyarray = lambda *_, **__: np.float64(0.0)
"""
_ALL = """
import builtins
builtins.all = builtins.any = lambda *_: True
builtins.abs = lambda _: 0
builtins.AssertionError = type("Fine", (Exception,), {})
"""

ATTACKS = (
    Attack(
        "np-testing-patched",
        "Every assert function of np.testing does nothing.",
        Aim.NBGRADER,
        first=_TESTING,
    ),
    Attack(
        "isclose-patched",
        "np.allclose, np.isclose and np.array_equal say yes to everything.",
        Aim.NBGRADER,
        first=_ISCLOSE,
    ),
    Attack(
        "array-that-equals",
        "Results are arrays of a subclass that equals whatever it is compared with.",
        Aim.NBGRADER,
        first=_EQUAL,
        wrong="np.array(0.5).view(Equal)",
    ),
    Attack(
        "object-that-equals",
        "Results are objects whose __eq__ is always True.",
        Aim.NBGRADER,
        first=_ALWAYS,
        wrong="Always()",
    ),
    Attack(
        "result-fills-itself-in",
        "Results become arrays when compared, and take what they are compared with from the frame.",
        Aim.NBGRADER,
        first=_FILLED,
        wrong="Filled()",
    ),
    Attack(
        "np-array-patched",
        "Every array, given or expected, becomes 0.0, and so does every answer.",
        Aim.NBGRADER,
        first=_ZEROS,
        wrong="0.0",
    ),
    Attack(
        "builtins-patched",
        "all and any say yes, abs says 0, and AssertionError is another class.",
        Aim.ALL,
        first=_ALL,
    ),
)
