from portal.evaluation.forms.facts import (
    CorrectionForm,
)

__all__ = [
    "CorrectionForm",
]
