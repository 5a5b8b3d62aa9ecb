"""What the pages share: settings, figures, the live chart, training processes, theme."""
