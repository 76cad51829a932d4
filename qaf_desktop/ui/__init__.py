"""What people see; the folder tree is the picture on the screen."""
