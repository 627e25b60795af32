def lines(text: str) -> str:
    """As the service keeps it: browsers send two characters for the end of a line."""
    return text.replace("\r\n", "\n")
