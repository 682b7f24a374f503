"""Pictures of hands that show a number from 0 to 5, drawn by chance: for assignments 2 and 3.

A picture is made in four steps, each with a module: ``chance`` draws which fingers are up and how
they are photographed, ``hand`` bends them, ``relief`` finds the surface that a camera sees, and
``photograph`` lights it in front of a wall. ``collection`` makes all pictures, and ``signs_file``
keeps them in HDF5; ``single_picture`` makes one more, to try a network on.
"""

from autograder.signs.collection import Signs, draw_signs
from autograder.signs.signs_file import difference, write_signs
from autograder.signs.single_picture import differs, draw_single, write_single

DEFAULT_SEED = 0

__all__ = [
    "DEFAULT_SEED",
    "Signs",
    "difference",
    "differs",
    "draw_signs",
    "draw_single",
    "write_signs",
    "write_single",
]
