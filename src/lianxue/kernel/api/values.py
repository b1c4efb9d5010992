"""Values that programs send, as the database can keep them."""

from typing import Annotated

from pydantic import Field, StringConstraints

Words = Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00]*$")]
Copies = Annotated[int, Field(ge=0, le=99_999)]
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
