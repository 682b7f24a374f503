"""A notebook of another course on the same subject, made up: other words, other cells, our names.

Its stubs leave ``None`` between lines of their own, and its checks are calls with printed numbers.
"""

from __future__ import annotations

from collections.abc import Mapping

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

STUBS = {
    "zero_pad": """
def zero_pad(X, pad):
    \"\"\"Add a frame of zeros.\"\"\"
    ### START CODE HERE ### (one line)
    X_pad = None
    ### END CODE HERE ###
    return X_pad
""",
    "conv_single_step": """
def conv_single_step(a_slice_prev, W, b):
    ### START CODE HERE ###
    s = None
    Z = None
    ### END CODE HERE ###
    return Z
""",
    "conv_forward": """
def conv_forward(A_prev, W, b, hparameters):
    ### START CODE HERE ###
    (m, n_H_prev, n_W_prev, n_C_prev) = None
    stride, pad = None, None
    Z = None
    A_prev_pad = None
    for i in range(None):
        for h in range(None):
            if h is not None:
                Z[i, h, 0, 0] = None
    ### END CODE HERE ###
    cache = (A_prev, W, b, hparameters)
    return Z, cache
""",
    "pool_forward": """
def pool_forward(A_prev, hparameters, mode="max"):
    (m, n_H_prev, n_W_prev, n_C_prev) = A_prev.shape
    A = np.zeros((m, n_H_prev - 1, n_W_prev - 1, n_C_prev))
    ### START CODE HERE ###
    for i in range(None):
        a_prev_slice = None
        if mode == "max":
            A[i] = None
        elif mode == "average":
            A[i] = None
    ### END CODE HERE ###
    cache = (A_prev, hparameters)
    return A, cache
""",
    "conv_backward": """
def conv_backward(dZ, cache):
    ### START CODE HERE ###
    (A_prev, W, b, hparameters) = None
    A_prev_pad = None
    dA_prev, dW, db = None, None, None
    dW[:, :, :, 0] += None
    ### END CODE HERE ###
    return dA_prev, dW, db
""",
    "create_mask_from_window": """
def create_mask_from_window(x):
    # (one line)
    # mask = None
    # YOUR CODE STARTS HERE

    # YOUR CODE ENDS HERE
    return mask
""",
    "distribute_value": """
def distribute_value(dz, shape):
    a = np.zeros((2, 2))
    # YOUR CODE STARTS HERE
    # average = None
    # a = None
    # YOUR CODE ENDS HERE
    return a
""",
    "pool_backward": """
def pool_backward(dA, cache, mode="max"):
    ### START CODE HERE ###
    (A_prev, hparameters) = None
    dA_prev = None
    for i in range(None):
        pass
    ### END CODE HERE ###
    assert dA_prev is None or dA_prev.shape
    return dA_prev
""",
}


def another_notebook(answers: Mapping[str, str], *left_out: str) -> NotebookNode:
    """The other course's notebook with ``answers``, and its stubs for all else but ``left_out``."""
    cells = [
        new_markdown_cell("# Workshop: filters by hand\n\nWelcome to the second evening."),
        new_code_cell("import numpy as np\nimport h5py_of_theirs\nfrom their_tests import *"),
    ]
    for name, stub in STUBS.items():
        if name not in left_out:
            cells += [
                new_markdown_cell(f"## Task: `{name}`\n\nWrite it as in the lecture."),
                new_code_cell(answers.get(name, stub)),
                new_code_cell(f"{name}_public_test({name})"),
            ]
    notebook = new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "workshop", "display_name": "Workshop"}
    return notebook
