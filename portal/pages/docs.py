"""The API's documentation page. Swagger sets styles inline, so this page alone may."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update

relaxed_styles = csp_update({"style-src": [SELF, UNSAFE_INLINE]})
