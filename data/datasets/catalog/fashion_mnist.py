"""Fashion-MNIST: pictures of clothes, made to replace MNIST where that is too easy."""

from data.datasets.idx_archives import idx_archives
from data.datasets.info import DatasetInfo, LocalFiles

FASHION_MNIST = DatasetInfo(
    name="fashion_mnist",
    title="Fashion-MNIST",
    labels=(
        "T-shirt/top",
        "Trouser",
        "Pullover",
        "Dress",
        "Coat",
        "Sandal",
        "Shirt",
        "Sneaker",
        "Bag",
        "Ankle boot",
    ),
    licence="MIT",
    source="Xiao, Rasul, Vollgraf 2017, https://github.com/zalandoresearch/fashion-mnist",
    train_size=60_000,
    test_size=10_000,
    megabytes=30.9,
    origin=idx_archives("FashionMNIST"),
    local=LocalFiles(
        folders=(".", "fashion_mnist", "FashionMNIST/raw"),
        checksums=(
            "f4a8712d7a061bf5bd6d2ca38dc4d50a",
            "9018921c3c673c538a1fc5bad174d6f9",
            "8181f5470baa50b63fa0f6fddb340f0a",
            "15d484375f8d13e6eb1aabb0c3f46965",
        ),
    ),
)
