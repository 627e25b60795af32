from matchmaking.choosing.selectors.comparison import comparison_of
from matchmaking.choosing.selectors.opinions import Mean, means_of, opinions_of

__all__ = ["Mean", "comparison_of", "means_of", "opinions_of"]
