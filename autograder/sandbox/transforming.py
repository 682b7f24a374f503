"""IPython's own syntax, ``%magic`` and the like, looked for only where there may be some."""

from __future__ import annotations

import re

from IPython.core.inputtransformer2 import TransformerManager

_MAYBE_SPECIAL = re.compile(
    r"""
      ^\ *(?:[%!,;/]|>>>|\.\.\.|In\ \[|\[nav\]|\[ins\])   # an escape or a prompt begins a line
    | \?                                                # help
    | =[ \\\n]*[%!]                                     # the result of a magic or a program
    | \A\s | ^\ +$ | [^\S\n ]                           # white space that IPython may change
    """,
    re.MULTILINE | re.VERBOSE,
)


class QuickTransformer(TransformerManager):
    """Turns a cell into Python, as IPython does; what plainly is Python it gives back at once.

    IPython takes every cell apart into tokens, three times as long as compiling it takes.
    """

    def __init__(self) -> None:
        """As IPython's own."""
        super().__init__()
        self._own = self._transforms()

    def _transforms(self) -> list[object]:
        return [*self.cleanup_transforms, *self.line_transforms, *self.token_transformers]

    def transform_cell(self, cell: str) -> str:
        """``cell`` as Python. A notebook that has added transforms gets them all."""
        if _MAYBE_SPECIAL.search(cell) or self._transforms() != self._own:
            transformed: str = super().transform_cell(cell)
            return transformed
        return cell if cell.endswith("\n") else cell + "\n"
