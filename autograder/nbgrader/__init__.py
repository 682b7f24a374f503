"""What nbgrader calls: one preprocessor in each module, named in ``nbgrader_config.py``.

Each takes a notebook and gives one back, as all of nbgrader's do. An assignment that this package
does not declare passes through as it would without it.
"""
