"""Where a child, young person, parent or carer is heard."""
