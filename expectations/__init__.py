"""What others promise us (raw tables) and what we promise readers (published tables)."""
