"""What the keys do, one subject a file; each works on the main screen it is given."""
