"""The policies of the engine, one file each; none imports another."""
