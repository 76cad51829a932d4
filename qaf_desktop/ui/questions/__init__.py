"""How one question is shown and answered, whatever form it stands in."""
