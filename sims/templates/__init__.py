"""The files of a new simulation's package: @NAME@ and @MODULE@ stand for its names."""
