"""What the tests hold the course's own code against: independent computations of the answers."""
