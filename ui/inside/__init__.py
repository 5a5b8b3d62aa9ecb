"""What the page Inside shows: one network, one image, and everything between them."""
