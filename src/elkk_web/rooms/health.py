"""Whether the process lives, and whether it can serve; asked by machines."""

from http import HTTPStatus

from flask import Blueprint
from flask.typing import ResponseReturnValue

from elkk_core.shared import Unavailable
from elkk_web.wiring import application

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> ResponseReturnValue:
    """Say that the process answers."""
    return {"status": "alive"}


@blueprint.get("/readyz")
def ready() -> ResponseReturnValue:
    """Say whether the database answers and has the schema of this version."""
    try:
        application().readiness.check()
    except Unavailable as error:
        return {"status": "unavailable", "code": error.code}, HTTPStatus.SERVICE_UNAVAILABLE
    return {"status": "ready"}
