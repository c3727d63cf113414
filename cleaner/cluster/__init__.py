"""Many machines: sources and outputs by address, workers of Ray."""
