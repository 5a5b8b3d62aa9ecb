"""From photos and screenshots to images like those of MNIST."""
