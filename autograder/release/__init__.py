"""What students and instructors get: stubs, solutions, instant checks, all made from one source."""
