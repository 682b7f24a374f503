"""How the tests run: Hypothesis draws the same examples every time, and nothing is timed.

``pytest --hypothesis-profile=search`` draws other examples on every run, and ten times as many.
"""

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.register_profile("search", max_examples=1000, deadline=None, print_blob=True)
settings.load_profile("repeatable")
