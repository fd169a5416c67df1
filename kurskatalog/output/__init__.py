"""What the program writes: Markdown for the engine (`docs`), the finished site (`site`). Outputs know nothing of each other."""
