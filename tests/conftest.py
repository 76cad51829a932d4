"""What every test may ask for: a real encrypted store and a real centre."""

pytest_plugins = ["tests.stores", "tests.centres"]
