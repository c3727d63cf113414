"""The cleaner as a step of pipelines that others run: batches of columns, datatrove."""

from .batches import CleanBatch

__all__ = ["CleanBatch"]
