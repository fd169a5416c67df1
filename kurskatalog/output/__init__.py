"""What the program writes: Markdown for the engine (`docs`), the finished site, what the finder reads. None knows another."""
