"""What the pages show, in a folder for each, and what they share."""
