"""How many of something there are, in words."""


def counted(count: int, one: str) -> str:
    """ "1,200 runs" or "1 run", where `one` is what a single one is called."""
    return f"1 {one}" if count == 1 else f"{count:,} {one}s"
