"""The numbers of the map once more, as lines of NumPy to copy; those of t-SNE need openTSNE."""

import nn
from ui.inside.copied_code import IMPORTS, outputs_code
from ui.inside.image_map_controls import MapChoice
from ui.inside.image_map_work import (
    AT_A_TIME,
    EXAGGERATED,
    EXAGGERATION,
    MOMENTA,
    NEIGHBOURS,
    PIXELS,
    STEPS,
    neighbours_of,
)


def tsne_code(perplexity: int, count: int) -> str:
    """Lines that print where so many images lie by t-SNE, from its components.npz."""
    return f"""
from openTSNE import TSNEEmbedding, affinity, initialization  # pip install openTSNE
from openTSNE.nearest_neighbors import PrecomputedNeighbors
from scipy.spatial.distance import cdist

# The first components of h, to the last bit as the page had them: t-SNE magnifies roundings.
with np.load("components.npz") as files:
    components = files["components"]
distances = cdist(components, components)
np.fill_diagonal(distances, np.inf)
nearest = distances.argsort(axis=1, kind="stable")[:, :{neighbours_of(perplexity, count)}]
near = PrecomputedNeighbors(nearest, np.take_along_axis(distances, nearest, axis=1))
embedding = TSNEEmbedding(
    initialization.rescale(components[:, :2]),
    affinity.PerplexityBasedNN(knn_index=near, perplexity={perplexity}),
    negative_gradient_method="bh",
    random_state=0,
)
for step in range(0, {STEPS}, {AT_A_TIME}):
    early = step < {EXAGGERATED}
    embedding.optimize(
        n_iter={AT_A_TIME},
        exaggeration={EXAGGERATION} if early else None,
        momentum={MOMENTA[0]} if early else {MOMENTA[1]},
        inplace=True,
    )
print(np.array(embedding))
"""


def map_code(network: nn.Network, choice: MapChoice) -> str:
    """Lines that print where the images lie by principal components, and how pure their
    neighbourhoods are."""
    values = "x" if choice.layer == PIXELS else outputs_code(network, choice.layer)
    return f"""{IMPORTS}
with np.load("images.npz") as files:
    images, labels = files["images"], files["labels"]
x = images.reshape(len(images), -1) / 255
h = {values}
h = h - h.mean(axis=0)
axes = np.linalg.svd(h, full_matrices=False)[2][:2]  # principal components; their signs are open
print(h @ axes.T)

lengths = (h**2).sum(axis=1)
distances = lengths[:, None] - 2 * h @ h.T + lengths
np.fill_diagonal(distances, np.inf)
nearest = distances.argsort(axis=1)[:, :{NEIGHBOURS}]
print((labels[nearest] == labels[:, None]).mean())
"""
