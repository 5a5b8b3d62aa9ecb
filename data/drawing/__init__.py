"""From strokes on a drawing board to images like those of MNIST."""
