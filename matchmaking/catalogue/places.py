"""Names that services and files share, and import nothing."""

PICTURE, CERTIFICATE = "product-picture", "product-certificate"
