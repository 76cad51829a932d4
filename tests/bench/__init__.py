"""Speed and memory, measured beside a plain baseline in the same run; never a pass or a fail."""
