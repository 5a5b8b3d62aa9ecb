"""What all pages share: the list of them, the theme, words, links."""
