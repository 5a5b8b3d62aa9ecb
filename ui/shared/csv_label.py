"""Text of strangers in a table to take along, which spreadsheets open."""


def csv_label(name: str) -> str:
    """The name as a cell, in one line. One that a spreadsheet would take for a formula gets the
    apostrophe that makes it text there: whoever names classes or runs could else have something
    calculated or fetched on the computer of whoever opens the table."""
    line = " ".join(name.split())
    return f"'{line}" if line.startswith(("=", "+", "-", "@")) else line
