"""The steps themselves; a step that has been released is never changed."""
