"""What students hand in: find the notebook, read it however it was saved, restore its shape."""
