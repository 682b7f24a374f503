"""What students read about their submission."""
