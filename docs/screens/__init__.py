"""The pictures of pages in the README, and how they are made: ``make screens``."""
