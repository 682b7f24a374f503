"""How fast grading is, measured: each module is a program with a make target of its own."""
