"""What classes are called."""


def ascii_label(label: str) -> str:
    """A label without signs that fonts and terminals may lack: "ki" for "ki き".

    One that has no other signs stays as it is.
    """
    return label.encode("ascii", "ignore").decode().strip() or label
