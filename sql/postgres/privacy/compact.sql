-- ReleaseEraser: frees the space of removed rows for new ones.
vacuum {table}
