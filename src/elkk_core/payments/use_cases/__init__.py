"""What can be done here, one file for each."""
