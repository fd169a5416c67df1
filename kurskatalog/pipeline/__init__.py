"""The whole story in two functions: `load.load` reads and checks a catalogue, `build.build` makes a site of it."""
