"""A made-up shop and local replicas of the remote APIs that serve it, for demo and tests."""
