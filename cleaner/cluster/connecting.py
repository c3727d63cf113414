"""Ray, and what goes wrong on the way to it in the words of this project."""

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..errors import CleanerError
from ..extras import needed

__all__ = ["connected", "cores", "ray_module", "told_plainly"]

_SECONDS = 5.0  # to wait for an address before it counts as not there


def ray_module() -> Any:
    """The library.

    Raises
    ------
    MissingExtraError
        If it is not installed.
    """
    with needed("--engine ray", "ray"):
        import ray
    return ray


@contextmanager
def connected(address: str | None, workers: int | None) -> Iterator[Any]:
    """Ray, connected: to the cluster at the address, or to one of this machine alone, started for this.

    A process that is connected already stays so. ``workers`` is the number of cores of a cluster that is
    started.

    Raises
    ------
    MissingExtraError
        If Ray is not installed.
    CleanerError
        If there is no cluster at the address, or none can be started.
    """
    ray = ray_module()
    if address:
        _check(address)
    if ray.is_initialized():
        yield ray
        return
    how: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    if address:
        how["address"] = address
    else:
        how |= {"address": "local", "num_cpus": workers, "include_dashboard": False}
    try:
        ray.init(**how)
    except (ConnectionError, RuntimeError, ValueError, OSError) as error:
        raise CleanerError(_refused(address, _line(error))) from error
    try:
        yield ray
    finally:
        ray.shutdown()


@contextmanager
def told_plainly(ray: Any) -> Iterator[None]:
    """Raise what a task raised; what is wrong with the cluster, as an error of this project.

    Raises
    ------
    CleanerError
        If the cluster lost something for good.
    """
    try:
        yield
    except ray.exceptions.RayTaskError as error:
        raise error.cause from None
    except ray.exceptions.RayError as error:
        raise CleanerError(f"the cluster gave up: {_line(error)}") from error


def cores(ray: Any) -> int:
    """The cores of the cluster."""
    return int(ray.cluster_resources().get("CPU", 0)) or 1


def _check(address: str) -> None:
    """Find out at once whether somebody listens at an address; Ray itself takes a minute to say so."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if address in ("auto", "local"):
        return
    if not host or not port.isdecimal():
        raise CleanerError(
            f"--address {address}: say HOST:PORT, ray://HOST:PORT, or auto for a cluster that runs on "
            "this machine"
        )
    try:
        socket.create_connection((host.strip("[]"), int(port)), _SECONDS).close()
    except (OSError, OverflowError) as error:
        raise CleanerError(
            _refused(address, getattr(error, "strerror", "") or str(error))
        ) from None


def _refused(address: str | None, reason: str) -> str:
    if not address:
        return f"Ray cannot be started on this machine: {reason}"
    if address == "auto" and not os.environ.get("RAY_ADDRESS"):
        return "--address auto: no cluster runs on this machine: start one with 'ray start --head'"
    return (
        f"--address {address}: no cluster answers ({reason}): see with 'ray status' whether it runs; "
        "'ray start --head' on its first machine starts one and says its address; one that was started with "
        "RAY_AUTH_MODE=token answers only who has set that and its token"
    )


def _line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
