"""The whole story in two functions: `load` reads and checks a catalogue, `build` makes a site of it."""

from kurskatalog.pipeline.build import Built, Wanted, build
from kurskatalog.pipeline.load import Loaded, load

__all__ = ["Built", "Loaded", "Wanted", "build", "load"]
