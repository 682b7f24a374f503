"""Pictures of hands that show a number from 0 to 5, drawn by chance: the data of assignment 2.

A picture is made in four steps, each with a module: ``chance`` draws which fingers are up and how
they are photographed, ``hand`` bends them, ``relief`` finds the surface that a camera sees, and
``photograph`` lights it in front of a wall. ``collection`` makes all pictures, and ``signs_file``
keeps them in HDF5.
"""

from autograder.signs.collection import Signs, draw_signs
from autograder.signs.signs_file import difference, write_signs

DEFAULT_SEED = 0

__all__ = ["DEFAULT_SEED", "Signs", "difference", "draw_signs", "write_signs"]
