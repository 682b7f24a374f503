"""Grade notebooks: one by one without a course database, or a whole class into the gradebook."""
