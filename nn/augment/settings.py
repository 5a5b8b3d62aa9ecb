"""How much images are distorted at random before a network learns from them."""

from dataclasses import dataclass, fields

from nn.checks import real_number


@dataclass(frozen=True, kw_only=True)
class AugmentationSettings:
    """How much images are distorted; every number is drawn anew for each image (or some of them).

    rotation: up to so many degrees to either side.
    scaling: width and height become larger or smaller by up to this share.
    shear: leaning by up to so many degrees to either side.
    shift: moved by up to so many pixels in x and in y.
    elastic: every pixel moves by this root mean square, in pixels, each way, in smooth waves;
        `elastic_sigma` is their width in pixels (Simard et al. 2003, whose α = 34 with σ = 4 is
        an `elastic` of 1.4).
    thickness: strokes become bolder or finer; 1 is about a pixel more or less at each side.
    writing_styles: share of the 0, 1, 7 and 9 that get a slash, a flag, a foot, a bar or a hook,
        which many people write and MNIST's hardly do, and are then fitted into the image anew.

    Raises ValueError if an argument is out of range.
    """

    rotation: float = 0.0
    scaling: float = 0.0
    shear: float = 0.0
    shift: float = 0.0
    elastic: float = 0.0
    elastic_sigma: float = 4.0
    thickness: float = 0.0
    writing_styles: float = 0.0

    def __post_init__(self) -> None:
        checked = {
            "rotation": real_number("rotation", self.rotation, 0, 180),
            "scaling": real_number("scaling", self.scaling, 0, 0.9),
            "shear": real_number("shear", self.shear, 0, 60),
            "shift": real_number("shift", self.shift, 0, 14),
            "elastic": real_number("elastic", self.elastic, 0, 10),
            "elastic_sigma": real_number("elastic_sigma", self.elastic_sigma, 0.5, 14),
            "thickness": real_number("thickness", self.thickness, 0, 1),
            "writing_styles": real_number("writing_styles", self.writing_styles, 0, 1),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)


@dataclass(frozen=True, kw_only=True)
class Augmentation(AugmentationSettings):
    """How much images are distorted, see `AugmentationSettings`."""

    @classmethod
    def of(cls, settings: AugmentationSettings) -> "Augmentation":
        """The distortions that these settings, and perhaps more, are about."""
        return cls(**{name: getattr(settings, name) for name in cls.names()})

    @property
    def warps(self) -> bool:
        """Whether anything moves pixels."""
        return any((self.rotation, self.scaling, self.shear, self.shift, self.elastic))

    @property
    def is_active(self) -> bool:
        """Whether images are changed at all."""
        return self.warps or bool(self.thickness or self.writing_styles)

    @classmethod
    def names(cls) -> list[str]:
        """The names of the settings."""
        return [field.name for field in fields(cls)]
