"""How the drawings write their numbers."""

Point = tuple[float, float]


def one_digit(value: float) -> str:
    """One digit after the point, as in the texts."""
    return f"{value:.1f}"


def xy(point: Point) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"
