"""What can be done with users, one file for each."""
