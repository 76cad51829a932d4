"""Where an auditor and a worker go through an audit together."""
