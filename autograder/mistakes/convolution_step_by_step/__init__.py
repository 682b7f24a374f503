"""The mistakes of assignment 1."""
