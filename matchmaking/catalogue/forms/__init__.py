from matchmaking.catalogue.forms.creators import (
    PaymentForm,
    RefundForm,
)
from matchmaking.catalogue.forms.naming import ProductField, ProductsField, offer_products
from matchmaking.catalogue.forms.operators import GateForm, MoveForm, NoteForm
from matchmaking.catalogue.forms.plans import PlanForm
from matchmaking.catalogue.forms.products import (
    CertificateForm,
    PictureForm,
    ProductForm,
    initial_of_product,
)

__all__ = [
    "CertificateForm",
    "GateForm",
    "MoveForm",
    "NoteForm",
    "PaymentForm",
    "PictureForm",
    "PlanForm",
    "ProductField",
    "ProductForm",
    "ProductsField",
    "RefundForm",
    "initial_of_product",
    "offer_products",
]
