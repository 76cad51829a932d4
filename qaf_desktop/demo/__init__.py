"""The demonstration: a made-up centre, people and audits, and the main job played through the real windows."""
