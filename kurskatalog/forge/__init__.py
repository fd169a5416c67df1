"""What workflows at a forge (GitHub) do with proposals of strangers: everything they hand over is data, and is doubted."""
