"""The same tampering tried on three graders, all installed here: ``make bench-tampering``.

One notebook answers every exercise of assignment 1 wrongly. Each attack changes it in one way that
might win points all the same, and stock nbgrader, Otter-Grader and this project grade it. The table
says how many points of 100 each of them gave.

Stock nbgrader and Otter get a translation of the same public and hidden cases, and are run as their
documentation says. They run submissions with the grader's own rights, so here both are fenced in.
"""
