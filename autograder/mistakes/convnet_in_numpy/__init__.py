"""The mistakes of assignment 2, in modules by topic."""
